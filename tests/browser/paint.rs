//! Pixels of a scene.

use wasm_bindgen_test::wasm_bindgen_test;
use wayscope::geometry::{Camera, Path, Point, Rect, Size, Vector};
use wayscope::paint::{Painter, Palette};
use wayscope::scene::{Fill, Ink, Scene, Shape, Stroke, TextStyle};
use wayscope::web::canvas::Surface;

const SIZE: Size = Size::new(100.0, 50.0);
const PLAIN: Camera = Camera { zoom: 1.0, shift: Vector::new(0.0, 0.0) };

/// Red, green, blue, opacity.
type Pixel = [u8; 4];

const GROUND: Pixel = [255, 255, 255, 255];
const FAILING: Pixel = [0xcf, 0x22, 0x2e, 255];
const HEALTHY: Pixel = [0x1a, 0x7f, 0x37, 255];

fn painted(shapes: Vec<Shape>, camera: Camera, ratio: f64) -> Painter {
    let mut scene = Scene::default();
    for shape in shapes {
        scene.push(shape);
    }
    let painter = Painter::new(Surface::detached().unwrap());
    painter.paint(&scene, camera, SIZE, ratio, &Palette::default());
    painter
}

/// The device pixel whose upper left corner is there.
fn pixel(painter: &Painter, x: i32, y: i32) -> Pixel {
    let data = painter.surface().context().get_image_data(x.into(), y.into(), 1.0, 1.0).unwrap().data();
    [data[0], data[1], data[2], data[3]]
}

fn check(shapes: Vec<Shape>, expect: &[(i32, i32, Pixel)]) {
    let painter = painted(shapes, PLAIN, 1.0);
    for &(x, y, colour) in expect {
        assert_eq!(pixel(&painter, x, y), colour, "at {x}, {y}");
    }
}

fn rect(x: f64, y: f64, width: f64, height: f64) -> Rect {
    Rect::new(Point::new(x, y), Size::new(width, height))
}

fn filled(rect: Rect, ink: Ink) -> Shape {
    Shape::Box { rect, radius: 0.0, fill: Some(Fill::solid(ink)), stroke: None }
}

fn line(from: (f64, f64), to: (f64, f64), stroke: Stroke) -> Shape {
    Shape::Line { path: Path::polyline([Point::new(from.0, from.1), Point::new(to.0, to.1)]), stroke }
}

#[wasm_bindgen_test]
fn a_box_is_where_it_should_be() {
    let shape = filled(rect(10.0, 10.0, 20.0, 10.0), Ink::Failing);
    check(vec![shape], &[(9, 9, GROUND), (10, 10, FAILING), (29, 19, FAILING), (30, 20, GROUND)]);
}

#[wasm_bindgen_test]
fn round_corners_leave_the_ground_free() {
    let shape = Shape::Box {
        rect: rect(10.0, 10.0, 20.0, 20.0),
        radius: 9.0,
        fill: Some(Fill::solid(Ink::Failing)),
        stroke: None,
    };
    check(vec![shape], &[(10, 10, GROUND), (20, 10, FAILING), (20, 20, FAILING)]);
}

#[wasm_bindgen_test]
fn the_camera_and_the_screens_pixels_both_scale() {
    let shape = filled(rect(10.0, 10.0, 10.0, 5.0), Ink::Failing);
    let camera = Camera { zoom: 2.0, shift: Vector::new(-10.0, -10.0) };
    // On the screen (10, 10) to (30, 20); at three device pixels each (30, 30) to (90, 60).
    let painter = painted(vec![shape], camera, 3.0);
    assert_eq!((painter.surface().canvas().width(), painter.surface().canvas().height()), (300, 150));
    for (x, y, colour) in [(29, 29, GROUND), (30, 30, FAILING), (89, 59, FAILING), (90, 60, GROUND)] {
        assert_eq!(pixel(&painter, x, y), colour, "at {x}, {y}");
    }
}

#[wasm_bindgen_test]
fn a_picture_replaces_the_one_before() {
    let painter = painted(vec![filled(rect(0.0, 0.0, 100.0, 50.0), Ink::Failing)], PLAIN, 1.0);
    painter.paint(&Scene::default(), PLAIN, SIZE, 1.0, &Palette::default());
    assert_eq!(pixel(&painter, 50, 25), GROUND);
}

#[wasm_bindgen_test]
fn later_shapes_cover_earlier_ones_though_they_look_alike() {
    let card = |x| Shape::Box {
        rect: rect(x, 10.0, 30.0, 30.0),
        radius: 0.0,
        fill: Some(Fill::solid(Ink::Healthy)),
        stroke: Some(Stroke::solid(Ink::Failing, 4.0)),
    };
    // The right edge of the first card lies under the inside of the second.
    check(vec![card(10.0), card(25.0)], &[(40, 25, HEALTHY), (25, 25, FAILING), (55, 25, FAILING)]);
}

#[wasm_bindgen_test]
fn areas_wound_either_way_fill_where_they_overlap() {
    let corners = [(10.0, 10.0), (40.0, 10.0), (40.0, 40.0), (10.0, 40.0)].map(|(x, y)| Point::new(x, y));
    let area = |outline: Vec<Point>| Shape::Area { outline, fill: Fill::solid(Ink::Failing) };
    let shapes = vec![area(corners.to_vec()), area(corners.into_iter().rev().collect())];
    check(shapes, &[(25, 25, FAILING), (45, 25, GROUND)]);
}

#[wasm_bindgen_test]
fn lines_of_one_look_do_not_join_each_other() {
    let stroke = Stroke::solid(Ink::Failing, 4.0);
    let shapes = vec![line((10.0, 10.0), (90.0, 10.0), stroke), line((10.0, 40.0), (90.0, 40.0), stroke)];
    check(shapes, &[(50, 10, FAILING), (50, 40, FAILING), (50, 25, GROUND), (10, 25, GROUND), (90, 25, GROUND)]);
}

#[wasm_bindgen_test]
fn a_dash_holds_for_its_line_only() {
    let dashed = Stroke { dash: Some((10.0, 10.0)), ..Stroke::solid(Ink::Failing, 4.0) };
    let shapes = vec![
        line((0.0, 10.0), (100.0, 10.0), dashed),
        line((0.0, 30.0), (100.0, 30.0), Stroke::solid(Ink::Failing, 4.0)),
    ];
    check(shapes, &[(5, 10, FAILING), (15, 10, GROUND), (25, 10, FAILING), (15, 30, FAILING)]);
}

#[wasm_bindgen_test]
fn runs_leave_their_gaps_and_a_single_point_is_a_dot() {
    let runs = vec![
        vec![Point::new(0.0, 25.0), Point::new(30.0, 25.0)],
        vec![Point::new(50.0, 25.0)],
        Vec::new(),
        vec![Point::new(70.0, 25.0), Point::new(100.0, 25.0)],
    ];
    let shape = Shape::Runs { runs, stroke: Stroke::solid(Ink::Failing, 4.0) };
    check(vec![shape], &[(15, 25, FAILING), (40, 25, GROUND), (50, 25, FAILING), (60, 25, GROUND), (85, 25, FAILING)]);
}

#[wasm_bindgen_test]
fn discs_of_one_look_are_not_linked() {
    let disc = |x| Shape::Disc {
        centre: Point::new(x, 25.0),
        radius: 10.0,
        fill: None,
        stroke: Some(Stroke::solid(Ink::Failing, 4.0)),
    };
    check(vec![disc(20.0), disc(80.0)], &[(29, 25, FAILING), (89, 25, FAILING), (50, 25, GROUND), (20, 25, GROUND)]);
}

#[wasm_bindgen_test]
fn opacity_and_tint_multiply_and_do_not_stay() {
    let half = Shape::Box {
        rect: rect(0.0, 0.0, 20.0, 20.0),
        radius: 0.0,
        fill: Some(Fill::tint(Ink::Text, 0.5)),
        stroke: None,
    };
    let mut scene = Scene::default();
    scene.push_faded(half, 0.5);
    scene.push(filled(rect(40.0, 0.0, 20.0, 20.0), Ink::Failing));
    scene.push_faded(filled(rect(0.0, 30.0, 20.0, 20.0), Ink::Failing), 0.0);
    let painter = Painter::new(Surface::detached().unwrap());
    painter.paint(&scene, PLAIN, SIZE, 1.0, &Palette::default());
    // A quarter of #1c2128 on white.
    let [red, green, blue, _] = pixel(&painter, 10, 10);
    for (got, expect) in [(red, 198), (green, 200), (blue, 201)] {
        assert!(got.abs_diff(expect) <= 2, "{red} {green} {blue}");
    }
    assert_eq!((pixel(&painter, 50, 10), pixel(&painter, 10, 40)), (FAILING, GROUND));
}

#[wasm_bindgen_test]
fn hostile_numbers_draw_nothing_and_stop_nothing() {
    let stroke = Stroke::solid(Ink::Failing, 4.0);
    let shapes = vec![
        Shape::Disc {
            centre: Point::new(50.0, 25.0),
            radius: -5.0,
            fill: Some(Fill::solid(Ink::Failing)),
            stroke: None,
        },
        Shape::Disc {
            centre: Point::new(f64::NAN, 25.0),
            radius: 5.0,
            fill: Some(Fill::solid(Ink::Failing)),
            stroke: None,
        },
        Shape::Box { rect: rect(0.0, 0.0, -5.0, f64::INFINITY), radius: -1.0, fill: None, stroke: Some(stroke) },
        Shape::Runs { runs: vec![vec![Point::new(f64::NAN, f64::NAN); 3]], stroke },
        Shape::Area { outline: Vec::new(), fill: Fill::solid(Ink::Failing) },
        filled(rect(90.0, 40.0, 10.0, 10.0), Ink::Healthy),
    ];
    check(shapes, &[(50, 25, GROUND), (20, 20, GROUND), (95, 45, HEALTHY)]);
}

#[wasm_bindgen_test]
fn what_is_partly_in_view_is_drawn() {
    let mut curve = Path::from(Point::new(-500.0, 25.0));
    curve.cubic_to(Point::new(0.0, 25.0), Point::new(100.0, 25.0), Point::new(600.0, 25.0));
    let shapes = vec![
        filled(rect(-50.0, -50.0, 60.0, 60.0), Ink::Failing),
        Shape::Line { path: curve, stroke: Stroke::solid(Ink::Healthy, 4.0) },
        Shape::Disc {
            centre: Point::new(100.0, 50.0),
            radius: 5.0,
            fill: Some(Fill::solid(Ink::Failing)),
            stroke: None,
        },
    ];
    check(shapes, &[(5, 5, FAILING), (50, 25, HEALTHY), (98, 48, FAILING), (90, 10, GROUND)]);
}

#[wasm_bindgen_test]
fn text_is_inked_in_the_middle_of_its_place_over_its_halo() {
    let text = |halo| Shape::Text {
        at: Point::new(10.0, 25.0),
        text: "HHHH".to_owned(),
        style: TextStyle { halo, ..TextStyle::new(20.0, Ink::Failing) },
    };
    let count = |shape: Shape, colour: Pixel| {
        let painter = painted(vec![filled(rect(0.0, 0.0, 100.0, 50.0), Ink::Ground), shape], PLAIN, 1.0);
        let data = painter.surface().context().get_image_data(10.0, 15.0, 60.0, 20.0).unwrap().data().0;
        data.chunks(4).filter(|pixel| *pixel == colour).count()
    };
    assert!(count(text(None), FAILING) > 40);
    assert_eq!(count(text(None), HEALTHY), 0);
    assert!(count(text(Some(Ink::Healthy)), HEALTHY) > 40);
    assert!(count(text(Some(Ink::Healthy)), FAILING) > 40);
}
