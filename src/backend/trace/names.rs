//! Lists of names: services and operations.

use crate::backend::json::{Json, Read};

/// Reads a body that is a list of names, or has one in a known member. Tells whether it is such a body; an empty object
/// is how older Jaegers write an empty list.
pub(super) fn read_names(names: &mut Vec<String>, body: Json<'_>) -> Result<bool, crate::backend::json::Broken> {
    let (mut is_known, mut is_empty) = (matches!(body, Json::List(_)), matches!(body, Json::Object(_)));
    match body {
        Json::List(_) => read_list(names, body)?,
        Json::Object(_) => body.members(&mut |member, json| {
            is_empty = false;
            match member {
                "data" | "services" | "operations" | "tagValues" if matches!(json, Json::List(_) | Json::Null) => {
                    is_known = true;
                    read_list(names, json)
                }
                _ => Ok(()),
            }
        })?,
        _ => {}
    }
    Ok(is_known || is_empty)
}

/// Reads names, bare or as the member `name` or `value` of an object.
fn read_list(names: &mut Vec<String>, list: Json<'_>) -> Read {
    list.items(&mut |item| match item {
        Json::Text(name) => {
            names.push(name.to_owned());
            Ok(())
        }
        item => item.members(&mut |member, json| {
            if let ("name" | "value", Json::Text(name)) = (member, &json) {
                names.push((*name).to_owned());
            }
            Ok(())
        }),
    })
}
