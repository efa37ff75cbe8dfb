//! The JavaScript API of the widget: mount, unmount, configuration from JavaScript values.
