//! Foreign text made fit for a label.

use super::text::{Measure, Weight};

/// Longer texts are cut before anything measures them.
const MOST: usize = 200;

/// The text as one harmless line of at most 200 characters: breaks become spaces; control characters, and those that
/// would turn the direction of what follows (<https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters>),
/// become a visible U+FFFD.
pub fn clean(text: &str) -> String {
    let shown = |letter: char| match letter {
        '\t' | '\n' | '\r' => ' ',
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        letter if letter.is_control() => '\u{fffd}',
        letter => letter,
    };
    let mut letters = text.chars();
    let mut line: String = letters.by_ref().take(MOST).map(shown).collect();
    if letters.next().is_some() {
        line.pop();
        line.push('…');
    }
    line
}

/// The text as it fits into `room`, and its width. What is too long loses its middle, as names differ at both ends
/// (`recommen…vice-v2`); where not even the ellipsis fits, it overhangs.
pub fn ellipsised(text: &str, room: f64, size: f64, weight: Weight, measure: &dyn Measure) -> (String, f64) {
    let width = |text: &str| measure.width(text, size, weight);
    let full = width(text);
    if full <= room {
        return (text.to_owned(), full);
    }
    let letters: Vec<char> = text.chars().collect();
    let shortened = |kept: usize| -> String {
        let tail = kept / 3;
        let (head, tail) = (letters.iter().take(kept - tail), letters.iter().skip(letters.len() - tail));
        head.chain(['…'].iter()).chain(tail).collect()
    };
    let (mut fits, mut too_many) = (0, letters.len());
    while too_many - fits > 1 {
        let middle = fits.midpoint(too_many);
        if width(&shortened(middle)) <= room {
            fits = middle;
        } else {
            too_many = middle;
        }
    }
    let text = shortened(fits);
    let width = width(&text);
    (text, width)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Unit;

    impl Measure for Unit {
        fn width(&self, text: &str, _: f64, _: Weight) -> f64 {
            text.chars().count() as f64
        }
    }

    #[test]
    fn foreign_text_is_one_harmless_line() {
        for (text, expect) in [
            ("plain", "plain"),
            ("two\nlines\tand\r", "two lines and "),
            ("web\u{202e}gpj.exe", "web\u{fffd}gpj.exe"),
            ("\u{2066}a\u{2069}\u{200f}\u{0}\u{85}", "\u{fffd}a\u{fffd}\u{fffd}\u{fffd}\u{fffd}"),
            ("<script>", "<script>"),
            ("日本 שלום", "日本 שלום"),
        ] {
            assert_eq!(clean(text), expect);
        }
    }

    #[test]
    fn five_thousand_letters_are_cut() {
        let line = clean(&"é".repeat(5_000));
        assert_eq!(line.chars().count(), 200);
        assert!(line.ends_with('…'));
    }

    #[test]
    fn what_is_too_long_loses_its_middle() {
        for (text, room, expect) in [
            ("recommendation-v2", 17.0, "recommendation-v2"),
            ("recommendation-v2", 16.0, "recommenda…on-v2"),
            ("recommendation-v2", 4.0, "re…2"),
            ("recommendation-v2", 0.0, "…"),
            ("", 0.0, ""),
            ("é日本語", 3.0, "é日…"),
        ] {
            let (shown, width) = ellipsised(text, room, 12.0, Weight::Normal, &Unit);
            assert_eq!((shown.as_str(), width as usize), (expect, expect.chars().count()), "{text} {room}");
        }
    }
}
