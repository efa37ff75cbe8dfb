//! The program that the page loads: the library, linked. All that it exports is in `embed`; natively it does nothing.

// Without a mention the library would not be linked, and nothing would be exported.
use wayscope as _;

fn main() {}
