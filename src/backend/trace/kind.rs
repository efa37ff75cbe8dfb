//! What part a span plays in a call, and how it went.

/// The part that a span plays in a call (<https://opentelemetry.io/docs/specs/otel/trace/api/#spankind>).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum SpanKind {
    /// Nobody says.
    #[default]
    Unspecified,
    /// Within one process.
    Internal,
    /// Serves a call.
    Server,
    /// Makes a call.
    Client,
    /// Sends a message without waiting.
    Producer,
    /// Takes a message up.
    Consumer,
}

/// What a span's own status says. Tags may say more: `tracing` judges.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum SpanStatus {
    /// Nothing.
    #[default]
    Unset,
    /// That all went well.
    Ok,
    /// That it failed.
    Error,
}

impl SpanKind {
    /// Reads `SPAN_KIND_SERVER`, `server`, `SERVER`; unspecified for anything else.
    pub fn parse(text: &str) -> Self {
        let name = text.strip_prefix("SPAN_KIND_").unwrap_or(text);
        let kinds = [Self::Internal, Self::Server, Self::Client, Self::Producer, Self::Consumer];
        kinds.into_iter().find(|kind| kind.as_str().eq_ignore_ascii_case(name)).unwrap_or_default()
    }

    /// The kind of a number of OTLP's enumeration; unspecified for anything else.
    pub fn from_number(number: i64) -> Self {
        match number {
            1 => Self::Internal,
            2 => Self::Server,
            3 => Self::Client,
            4 => Self::Producer,
            5 => Self::Consumer,
            _ => Self::Unspecified,
        }
    }

    /// Whether the emitter is the one that asks.
    pub const fn asks(self) -> bool {
        matches!(self, Self::Client | Self::Producer)
    }

    /// Whether the emitter is the one that is asked.
    pub const fn serves(self) -> bool {
        matches!(self, Self::Server | Self::Consumer)
    }

    /// Its name as Jaeger's tag `span.kind` spells it; empty when nobody says.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unspecified => "",
            Self::Internal => "internal",
            Self::Server => "server",
            Self::Client => "client",
            Self::Producer => "producer",
            Self::Consumer => "consumer",
        }
    }
}

impl SpanStatus {
    /// Reads `STATUS_CODE_ERROR`, `ERROR`, `error`; unset for anything else.
    pub fn parse(text: &str) -> Self {
        let name = text.strip_prefix("STATUS_CODE_").unwrap_or(text);
        if name.eq_ignore_ascii_case("error") {
            Self::Error
        } else if name.eq_ignore_ascii_case("ok") {
            Self::Ok
        } else {
            Self::Unset
        }
    }

    /// The status of a number of OTLP's enumeration; unset for anything else.
    pub fn from_number(number: i64) -> Self {
        match number {
            1 => Self::Ok,
            2 => Self::Error,
            _ => Self::Unset,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_spellings_of_a_kind_are_one() {
        for (number, kind) in [(1, SpanKind::Internal), (2, SpanKind::Server), (3, SpanKind::Client)] {
            assert_eq!(SpanKind::from_number(number), kind);
            let upper = kind.as_str().to_ascii_uppercase();
            for text in [kind.as_str().to_owned(), upper.clone(), format!("SPAN_KIND_{upper}")] {
                assert_eq!(SpanKind::parse(&text), kind);
            }
        }
        assert_eq!(SpanKind::parse("SPAN_KIND_UNSPECIFIED"), SpanKind::Unspecified);
        assert_eq!(SpanKind::parse(""), SpanKind::Unspecified);
        assert_eq!(SpanKind::from_number(-1), SpanKind::Unspecified);
    }

    #[test]
    fn all_spellings_of_a_status_are_one() {
        for (text, number, expect) in [
            ("STATUS_CODE_ERROR", 2, SpanStatus::Error),
            ("error", 2, SpanStatus::Error),
            ("OK", 1, SpanStatus::Ok),
            ("STATUS_CODE_UNSET", 0, SpanStatus::Unset),
            ("", 9, SpanStatus::Unset),
        ] {
            assert_eq!((SpanStatus::parse(text), SpanStatus::from_number(number)), (expect, expect), "{text}");
        }
    }
}
