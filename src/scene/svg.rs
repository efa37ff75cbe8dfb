//! A scene as SVG text: what is exported, and what tests read.

use std::fmt::Write;

use crate::geometry::{Path, Point, Segment};

use super::ink::{Fill, Ink, Stroke};
use super::shape::{Item, Scene, Shape};
use super::text::{Anchor, TextStyle, Weight};

/// A theme: the CSS colour of each role, such as `#0b6e4f` or `var(--ws-healthy)`.
pub type Theme<'a> = &'a dyn Fn(Ink) -> String;

/// Width of a halo's stroke, half of which the letters cover, as a share of the font's size.
const HALO: f64 = 0.24;

/// The scene as an SVG document that needs nothing beside it, on a ground of [`Ink::Ground`], one line an item.
///
/// Equal scenes give equal texts. Numbers have at most two decimals; what is not finite becomes 0. Text is escaped:
/// whatever a label says, it stays text, and characters that XML forbids become U+FFFD.
pub fn svg(scene: &Scene, theme: Theme) -> String {
    let bounds = scene.bounds;
    let (x, y) = (number(bounds.min.x), number(bounds.min.y));
    let (width, height) = (number(bounds.width()), number(bounds.height()));
    let ground = attribute(&theme(Ink::Ground));
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"{x} {y} {width} {height}\" font-family=\"system-ui, sans-serif\" \
         xml:space=\"preserve\">\n\
         <rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{ground}\"/>\n"
    );
    for item in &scene.items {
        element(item, theme, &mut text);
    }
    text.push_str("</svg>\n");
    text
}

fn element(item: &Item, theme: Theme, text: &mut String) {
    let opacity =
        if item.opacity < 1.0 { format!(" opacity=\"{}\"", number(item.opacity.into())) } else { String::new() };
    let look = |fill: Option<Fill>, stroke: Option<Stroke>| {
        format!("{}{}{opacity}", fill_attributes(fill, theme), stroke.map_or(String::new(), |s| stroked(s, theme)))
    };
    match &item.shape {
        Shape::Box { rect, radius, fill, stroke } => {
            let (x, y, width, height) = (rect.min.x, rect.min.y, rect.width(), rect.height());
            let [x, y, width, height, radius] = [x, y, width, height, *radius].map(number);
            let place = format!("x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"{radius}\"");
            push_line(text, &format!("<rect {place}{}/>", look(*fill, *stroke)));
        }
        Shape::Disc { centre, radius, fill, stroke } => {
            let [x, y, radius] = [centre.x, centre.y, *radius].map(number);
            push_line(text, &format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"{}/>", look(*fill, *stroke)));
        }
        Shape::Line { path, stroke } => {
            push_line(text, &format!("<path d=\"{}\"{}/>", outline(path), look(None, Some(*stroke))));
        }
        Shape::Runs { runs, stroke } => runs_element(runs, *stroke, &opacity, theme, text),
        Shape::Area { outline, fill } => {
            let points = outline.iter().map(|point| pair(*point)).collect::<Vec<_>>().join(" ");
            push_line(text, &format!("<polygon points=\"{points}\"{}/>", look(Some(*fill), None)));
        }
        Shape::Text { at, text: words, style } => {
            let (place, style) = (pair(*at), text_attributes(style, theme));
            let (x, y) = place.split_once(',').unwrap_or((&place, "0"));
            let words = escaped(words);
            push_line(text, &format!("<text x=\"{x}\" y=\"{y}\" dy=\"0.35em\"{style}{opacity}>{words}</text>"));
        }
    }
}

/// One path for the lines; a run of a single point is a dot as wide as twice the stroke.
fn runs_element(runs: &[Vec<Point>], stroke: Stroke, opacity: &str, theme: Theme, text: &mut String) {
    let mut path = String::new();
    for run in runs.iter().filter(|run| run.len() > 1) {
        for (place, point) in run.iter().enumerate() {
            path.push(if place == 0 { 'M' } else { 'L' });
            path.push_str(&pair(*point));
        }
    }
    if !path.is_empty() {
        push_line(text, &format!("<path d=\"{path}\" fill=\"none\"{}{opacity}/>", stroked(stroke, theme)));
    }
    let fill = fill_attributes(Some(Fill { ink: stroke.ink, alpha: stroke.alpha }), theme);
    for dot in runs.iter().filter(|run| run.len() == 1).flatten() {
        let [x, y, radius] = [dot.x, dot.y, stroke.width].map(number);
        push_line(text, &format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"{fill}{opacity}/>"));
    }
}

fn push_line(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

fn fill_attributes(fill: Option<Fill>, theme: Theme) -> String {
    let Some(Fill { ink, alpha }) = fill else { return " fill=\"none\"".into() };
    let mut text = format!(" fill=\"{}\"", attribute(&theme(ink)));
    if alpha < 1.0 {
        let _ = write!(text, " fill-opacity=\"{}\"", number(alpha.into()));
    }
    text
}

fn stroked(stroke: Stroke, theme: Theme) -> String {
    let (colour, width) = (attribute(&theme(stroke.ink)), number(stroke.width));
    let mut text = format!(" stroke=\"{colour}\" stroke-width=\"{width}\" stroke-linejoin=\"round\"");
    if stroke.alpha < 1.0 {
        let _ = write!(text, " stroke-opacity=\"{}\"", number(stroke.alpha.into()));
    }
    if let Some((dash, gap)) = stroke.dash {
        let _ = write!(text, " stroke-dasharray=\"{} {}\"", number(dash), number(gap));
    }
    text
}

fn text_attributes(style: &TextStyle, theme: Theme) -> String {
    let mut text = format!(" font-size=\"{}\" fill=\"{}\"", number(style.size), attribute(&theme(style.ink)));
    match style.anchor {
        Anchor::Start => {}
        Anchor::Middle => text.push_str(" text-anchor=\"middle\""),
        Anchor::End => text.push_str(" text-anchor=\"end\""),
    }
    if style.weight == Weight::Bold {
        text.push_str(" font-weight=\"600\"");
    }
    if let Some(halo) = style.halo {
        let colour = attribute(&theme(halo));
        let _ = write!(
            text,
            " stroke=\"{colour}\" stroke-width=\"{}\" stroke-linejoin=\"round\" paint-order=\"stroke\"",
            number(style.size * HALO)
        );
    }
    text
}

fn outline(path: &Path) -> String {
    let mut text = format!("M{}", pair(path.start));
    for segment in &path.segments {
        let _ = match segment {
            Segment::Line(end) => write!(text, "L{}", pair(*end)),
            Segment::Cubic(one, two, end) => write!(text, "C{} {} {}", pair(*one), pair(*two), pair(*end)),
        };
    }
    text
}

fn pair(point: Point) -> String {
    format!("{},{}", number(point.x), number(point.y))
}

fn number(value: f64) -> String {
    if !value.is_finite() {
        return "0".into();
    }
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".into() } else { text.to_owned() }
}

/// As the content of an element: <https://www.w3.org/TR/xml/#charsets> names the characters that XML allows. Breaks
/// become spaces, as a label is one line.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' | '\r' => escaped.push(' '),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            letter => escaped.push(letter),
        }
    }
    escaped
}

/// A colour inside quotes.
fn attribute(text: &str) -> String {
    escaped(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::{Rect, Size};

    fn theme(ink: Ink) -> String {
        format!("var({})", ink.property())
    }

    fn check(shape: Shape, expect: &str) {
        let mut scene = Scene { bounds: Rect::new(Point::default(), Size::new(10.0, 10.0)), items: Vec::new() };
        scene.push_faded(shape, 0.5);
        let text = svg(&scene, &theme);
        assert_eq!(text.lines().skip(2).filter(|line| *line != "</svg>").collect::<Vec<_>>().join("\n"), expect);
    }

    fn says(text: &str) -> Shape {
        Shape::Text { at: Point::new(1.0, 2.0), text: text.into(), style: TextStyle::new(12.0, Ink::Text) }
    }

    #[test]
    fn a_label_stays_text_whatever_it_says() {
        let start = "<text x=\"1\" y=\"2\" dy=\"0.35em\" font-size=\"12\" fill=\"var(--ws-text)\" opacity=\"0.5\">";
        for (words, shown) in [
            ("</text><script>alert(1)</script>", "&lt;/text&gt;&lt;script&gt;alert(1)&lt;/script&gt;"),
            ("a&b \"c\" ]]>", "a&amp;b &quot;c&quot; ]]&gt;"),
            ("null\0 bell\u{7} break\n", "null\u{fffd} bell\u{fffd} break "),
        ] {
            check(says(words), &format!("{start}{shown}</text>"));
        }
    }

    #[test]
    fn a_theme_cannot_leave_its_attribute() {
        let hostile = |_: Ink| "\"/><script>".to_owned();
        assert!(!svg(&Scene::default(), &hostile).contains("<script>"));
    }

    #[test]
    fn a_run_of_one_point_is_a_dot() {
        let stroke = Stroke { ink: Ink::Series(0), alpha: 1.0, width: 1.5, dash: Some((4.0, 2.0)) };
        let runs = vec![vec![Point::new(0.0, 0.0), Point::new(1.0, 1.004)], vec![Point::new(4.0, 4.0)], vec![]];
        check(
            Shape::Runs { runs, stroke },
            "<path d=\"M0,0L1,1\" fill=\"none\" stroke=\"var(--ws-series-1)\" stroke-width=\"1.5\" \
             stroke-linejoin=\"round\" stroke-dasharray=\"4 2\" opacity=\"0.5\"/>\n\
             <circle cx=\"4\" cy=\"4\" r=\"1.5\" fill=\"var(--ws-series-1)\" opacity=\"0.5\"/>",
        );
    }

    #[test]
    fn numbers_are_short_and_always_numbers() {
        for (value, expect) in [
            (1.0, "1"),
            (-0.001, "0"),
            (1.239, "1.24"),
            (100.0, "100"),
            (f64::NAN, "0"),
            (f64::INFINITY, "0"),
            (-2.5, "-2.5"),
        ] {
            assert_eq!(number(value), expect);
        }
    }
}
