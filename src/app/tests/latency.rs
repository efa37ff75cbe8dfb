//! Response times of what is selected.

use super::player::Player;
use crate::app::Message;
use crate::backend::prometheus::Call;
use crate::mesh::Reporter;
use crate::quantity::Duration;

fn asked(player: &Player) -> usize {
    let is_it =
        |call: &Call| matches!(call, Call::Instant { query, .. } if query.to_string().contains("histogram_quantile"));
    player.asked.iter().filter(|(_, call)| is_it(call)).count()
}

#[test]
fn quantiles_are_asked_for_what_is_selected_and_for_nothing_else() {
    let mut player = Player::started("");
    assert_eq!((asked(&player), player.app.latency.found()), (0, None));
    player.select_edge(|edge, _| edge.requests.as_ref().is_some_and(|one| one.reporter == Reporter::Destination));
    player.settle();
    let found = *player.app.latency.found().expect("quantiles");
    assert_eq!((asked(&player), found.reporter), (1, Reporter::Destination));
    assert!(found.secs.is_sorted() && found.secs.iter().all(|secs| *secs > Some(0.0)), "{found:?}");
    player.wait(Duration::from_secs(31));
    assert_eq!(asked(&player), 2, "with the refresh");
    player.select_edge(|edge, _| edge.requests.is_none() && edge.byte_rate().is_flowing());
    player.settle();
    assert_eq!((asked(&player), player.app.latency.found()), (2, None), "nothing counts requests there");
    player.send(Message::Select(None));
    player.settle();
    assert_eq!((asked(&player), player.app.latency.found()), (2, None));
}
