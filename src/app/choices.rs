//! What the graph is made of: choices of one word out of a few, alike in the address, the configuration and the menu.

use crate::mesh::{GraphType, Grouping, Ways};
use crate::telemetry::Ambient;
use crate::words::Label;

/// A choice's name in the address and in the configuration (as in Kiali where the meaning agrees), what it is called, and
/// its words with what they are called; the first is the usual one.
#[derive(Clone, Copy, Debug)]
pub struct Choice {
    /// Its name.
    pub name: &'static str,
    /// What the reader is told it is.
    pub label: Label,
    /// The words.
    pub words: &'static [(&'static str, Label)],
}

const GRAPH_TYPE: usize = 0;
const SERVICES: usize = 1;
const OPERATIONS: usize = 2;
const AMBIENT: usize = 3;
const HTTP: usize = 4;
const GRPC: usize = 5;
const TCP: usize = 6;
const DETAIL: usize = 7;

/// Every choice.
pub const CHOICES: [Choice; 8] = [
    Choice {
        name: "graphType",
        label: Label::GraphType,
        words: &[
            ("workload", Label::GraphOfWorkloads),
            ("app", Label::GraphOfApps),
            ("versionedApp", Label::GraphOfVersions),
            ("service", Label::GraphOfServices),
        ],
    },
    Choice {
        name: "injectServiceNodes",
        label: Label::ServicesBetween,
        words: &[("false", Label::Hidden), ("true", Label::Drawn)],
    },
    Choice {
        name: "operationNodes",
        label: Label::OperationsBetween,
        words: &[("false", Label::Hidden), ("true", Label::Drawn)],
    },
    Choice {
        name: "ambientTraffic",
        label: Label::AmbientTraffic,
        words: &[
            ("total", Label::AmbientAll),
            ("waypoint", Label::AmbientWaypoint),
            ("ztunnel", Label::AmbientZtunnel),
            ("none", Label::AmbientNone),
        ],
    },
    Choice {
        name: "rateHttp",
        label: Label::HttpTraffic,
        words: &[("requests", Label::Requests), ("none", Label::Hidden)],
    },
    Choice {
        name: "rateGrpc",
        label: Label::GrpcTraffic,
        words: &[
            ("requests", Label::Requests),
            ("total", Label::MessagesBothWays),
            ("sent", Label::MessagesSent),
            ("received", Label::MessagesReceived),
            ("none", Label::Hidden),
        ],
    },
    Choice {
        name: "rateTcp",
        label: Label::TcpTraffic,
        words: &[
            ("total", Label::BothWays),
            ("sent", Label::Sent),
            ("received", Label::Received),
            ("none", Label::Hidden),
        ],
    },
    Choice {
        name: "detail",
        label: Label::FarView,
        words: &[("auto", Label::EdgesBundled), ("full", Label::EveryEdge)],
    },
];

/// One word for each choice.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Choices([u8; CHOICES.len()]);

impl Choices {
    /// The word chosen at that place of [`CHOICES`]; empty beyond them.
    pub fn word(self, place: usize) -> &'static str {
        let words = CHOICES.get(place).map_or(&[][..], |choice| choice.words);
        let word = self.0.get(place).and_then(|word| words.get(usize::from(*word)));
        word.map_or("", |(word, _)| word)
    }

    /// Chooses a word; false where there is no such choice.
    ///
    /// # Errors
    ///
    /// Where this is none of the choice's words: those there are.
    pub fn choose(&mut self, name: &str, word: &str) -> Result<bool, String> {
        let Some((choice, place)) = CHOICES.iter().zip(&mut self.0).find(|(choice, _)| choice.name == name) else {
            return Ok(false);
        };
        match choice.words.iter().zip(0..).find(|((one, _), _)| *one == word) {
            Some((_, chosen)) => *place = chosen,
            None => return Err(choice.words.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ")),
        }
        Ok(true)
    }

    /// What nodes are.
    pub fn grouping(self) -> Grouping {
        let graph_type = match self.word(GRAPH_TYPE) {
            "app" => GraphType::App,
            "versionedApp" => GraphType::VersionedApp,
            "service" => GraphType::Service,
            _ => GraphType::Workload,
        };
        Grouping { graph_type, services: self.word(SERVICES) == "true", operations: self.word(OPERATIONS) == "true" }
    }

    /// The word of the type of the graph.
    pub fn graph_type(self) -> &'static str {
        self.word(GRAPH_TYPE)
    }

    /// Whose word is heard.
    pub fn ambient(self) -> Ambient {
        match self.word(AMBIENT) {
            "waypoint" => Ambient::Waypoint,
            "ztunnel" => Ambient::Ztunnel,
            "none" => Ambient::None,
            _ => Ambient::All,
        }
    }

    /// Whether HTTP requests are drawn.
    pub fn draws_http(self) -> bool {
        self.word(HTTP) != "none"
    }

    /// Whether gRPC calls are drawn.
    pub fn draws_grpc(self) -> bool {
        self.word(GRPC) != "none"
    }

    /// Which messages of gRPC calls are told in place of the calls, if any.
    pub fn messages(self) -> Option<Ways> {
        ways(self.word(GRPC))
    }

    /// Whether many edges may be drawn as few from afar.
    pub fn bundles(self) -> bool {
        self.word(DETAIL) != "full"
    }

    /// Which bytes of streams are drawn, if any.
    pub fn bytes(self) -> Option<Ways> {
        ways(self.word(TCP))
    }
}

fn ways(word: &str) -> Option<Ways> {
    match word {
        "total" => Some(Ways::Both),
        "sent" => Some(Ways::Sent),
        "received" => Some(Ways::Received),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_a_choice_of_its_own() {
        for choice in CHOICES {
            let mut seen = Vec::new();
            for (word, _) in choice.words {
                let mut choices = Choices::default();
                assert_eq!(choices.choose(choice.name, word), Ok(true));
                seen.push((
                    choices.grouping(),
                    choices.ambient(),
                    choices.draws_http(),
                    choices.draws_grpc(),
                    choices.messages(),
                    choices.bytes(),
                    choices.bundles(),
                ));
            }
            let all: Vec<_> = seen.iter().filter(|one| seen.iter().filter(|other| other == one).count() == 1).collect();
            assert_eq!(all.len(), choice.words.len(), "{}", choice.name);
        }
    }

    #[test]
    fn what_is_no_choice_changes_nothing() {
        let mut choices = Choices::default();
        assert_eq!(choices.choose("graphType", "pods"), Err("workload, app, versionedApp, service".into()));
        assert_eq!((choices.choose("colour", "red"), choices), (Ok(false), Choices::default()));
    }
}
