//! Small pictures on buttons, 24 units square, drawn with the text's colour.

use leptos::prelude::*;

/// Which picture. Shapes after Lucide (ISC licence), <https://lucide.dev>.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Icon {
    Refresh,
    Clock,
    Layers,
    Eye,
    Settings,
    Download,
    Plus,
    Minus,
    Fit,
    Close,
    Info,
    Warning,
    Copy,
    Network,
    Table,
}

impl Icon {
    fn path(self) -> &'static str {
        match self {
            Self::Refresh => "M3 12a9 9 0 0 1 15-6.7L21 8M21 3v5h-5M21 12a9 9 0 0 1-15 6.7L3 16M3 21v-5h5",
            Self::Clock => "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M12 7v5l3 2",
            Self::Layers => "M12 3l9 5l-9 5l-9-5zM3 13l9 5l9-5",
            Self::Eye => "M2 12s4-7 10-7s10 7 10 7s-4 7-10 7s-10-7-10-7zM12 9a3 3 0 1 0 0 6a3 3 0 1 0 0-6",
            Self::Settings => "M4 6h10M18 6h2M4 12h2M10 12h10M4 18h8M16 18h4M16 4v4M8 10v4M14 16v4",
            Self::Download => "M12 3v12M7 10l5 5l5-5M4 21h16",
            Self::Plus => "M12 5v14M5 12h14",
            Self::Minus => "M5 12h14",
            Self::Fit => "M3 8V3h5M16 3h5v5M21 16v5h-5M8 21H3v-5",
            Self::Close => "M6 6l12 12M18 6L6 18",
            Self::Info => "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M12 11v5M12 8v.01",
            Self::Warning => "M12 4L2.5 20h19zM12 10v4M12 17v.01",
            Self::Copy => "M9 9h11v11H9zM5 15H4V4h11v1",
            Self::Network => "M9 3h6v5H9zM3 16h6v5H3zM15 16h6v5h-6zM12 8v4M6 16v-4h12v4",
            Self::Table => "M3 4h18v16H3zM3 10h18M3 15h18M9 10v10",
        }
    }
}

/// The picture; hidden from screen readers, whose text stands beside it.
pub(super) fn picture(icon: Icon) -> AnyView {
    view! { <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=icon.path()/></svg> }.into_any()
}
