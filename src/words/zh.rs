//! catalogue.
use super::word::Word;
pub(super) fn say(word: &Word<'_>) -> String {
    match word {
        Word::Raw(text) => (*text).to_owned(),
    }
}
