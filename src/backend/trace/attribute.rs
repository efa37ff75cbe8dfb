//! Tags and attributes: names with values of any type, read as texts.

use crate::backend::json::{Json, Read};
use crate::backend::labels::{LabelSet, LabelTable, Symbol};

/// Names and values read so far.
#[derive(Default)]
pub(super) struct Tags {
    name: String,
    value: String,
    pairs: Vec<(Symbol, Symbol)>,
}

impl Tags {
    /// Reads a list of `{key, value}`: Jaeger's, whose value is bare, and OTLP's, whose value says its type.
    pub(super) fn read_list(&mut self, table: &mut LabelTable, list: Json<'_>) -> Read {
        list.items(&mut |item| {
            self.name.clear();
            self.value.clear();
            let (name, value) = (&mut self.name, &mut self.value);
            item.members(&mut |member, json| match member {
                "key" => json.print(name),
                "value" => print_value(json, value),
                _ => Ok(()),
            })?;
            self.add_read(table);
            Ok(())
        })
    }

    /// Reads an object whose members are the tags: Zipkin's.
    pub(super) fn read_map(&mut self, table: &mut LabelTable, map: Json<'_>) -> Read {
        map.members(&mut |name, json| {
            self.value.clear();
            self.name.clear();
            self.name.push_str(name);
            json.print(&mut self.value)?;
            self.add_read(table);
            Ok(())
        })
    }

    fn add_read(&mut self, table: &mut LabelTable) {
        if !self.name.is_empty() {
            // The span before mostly has the same tags in the same places.
            let (name, value) = table.last_at(self.pairs.len()).unzip();
            let pair = (table.symbol(&self.name, name), table.symbol(&self.value, value));
            self.pairs.push(pair);
        }
    }

    /// Adds a tag.
    pub(super) fn add(&mut self, table: &mut LabelTable, name: &str, value: &str) {
        let pair = (table.symbol(name, None), table.symbol(value, None));
        self.pairs.push(pair);
    }

    /// The value of a tag; empty when it is not there.
    pub(super) fn get<'a>(&self, table: &'a LabelTable, name: &str) -> &'a str {
        let tag = self.pairs.iter().find(|(key, _)| table.text(*key) == name);
        tag.map_or("", |&(_, value)| table.text(value))
    }

    /// Puts what was read into the table, and begins anew.
    pub(super) fn close(&mut self, table: &mut LabelTable) -> LabelSet {
        for (name, value) in self.pairs.drain(..) {
            table.add(name, value);
        }
        table.close()
    }
}

/// A bare value, or one of OTLP's that says its type (`AnyValue` of opentelemetry-proto `common/v1/common.proto`).
fn print_value(json: Json<'_>, out: &mut String) -> Read {
    let Json::Object(members) = json else { return json.print(out) };
    while members.next(&mut |member, json| match member {
        "arrayValue" | "array_value" => print_all(json, ["[", "]"], out),
        "kvlistValue" | "kvlist_value" => print_all(json, ["{", "}"], out),
        "stringValue" | "string_value" | "intValue" | "int_value" | "boolValue" | "bool_value" | "doubleValue"
        | "double_value" | "bytesValue" | "bytes_value" => json.print(out),
        _ => Ok(()),
    })? {}
    Ok(())
}

/// The `values` of a list: values, or names with values.
fn print_all(json: Json<'_>, brackets: [&str; 2], out: &mut String) -> Read {
    out.push_str(brackets[0]);
    let start = out.len();
    json.members(&mut |member, values| {
        if member != "values" {
            return Ok(());
        }
        values.items(&mut |item| {
            out.push_str(if out.len() > start { "," } else { "" });
            if brackets[0] == "[" {
                return print_value(item, out);
            }
            item.members(&mut |member, json| match member {
                "key" => json.print(out),
                "value" => {
                    out.push(':');
                    print_value(json, out)
                }
                _ => Ok(()),
            })
        })
    })?;
    out.push_str(brackets[1]);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backend::answer::HttpAnswer;
    use crate::backend::json::read;

    #[test]
    fn values_of_any_type_are_texts() {
        let body = r#"[
            {"key":"jaeger","type":"int64","value":200}, {"key":"flag","type":"bool","value":false},
            {"key":"text","value":{"stringValue":"a\"b"}}, {"value":{"intValue":"-9007199254740993"},"key":"late"},
            {"key":"list","value":{"arrayValue":{"values":[{"stringValue":"a"},{"intValue":1}]}}},
            {"key":"map","value":{"kvlist_value":{"values":[{"key":"k","value":{"boolValue":true}}]}}},
            {"key":"half","value":{"doubleValue":0.5}}, {"key":"none","value":{}}, {"key":"null","value":null},
            {"key":"","value":"nobody"}, 7, {"key":{"odd":1},"value":"x"}
        ]"#;
        let (mut table, mut tags) = (LabelTable::default(), Tags::default());
        read(&HttpAnswer::json(200, body), &mut |json| tags.read_list(&mut table, json)).unwrap();
        assert_eq!(tags.get(&table, "late"), "-9007199254740993");
        let set = tags.close(&mut table);
        let all: Vec<String> = table.labels(set).iter().map(|(name, value)| format!("{name}={value}")).collect();
        let expect = "jaeger=200 flag=false text=a\"b late=-9007199254740993 list=[a,1] map={k:true} half=0.5 null=null {\"odd\":1}=x";
        assert_eq!(all.join(" "), expect);
    }
}
