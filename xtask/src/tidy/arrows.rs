//! Dependencies: arrows between our crates point one way, and every guest says why it is here.

use crate::tree::{File, Tree};

/// Our crates in the order of the arrows; each may use those before it.
const WAY: [&str; 6] = ["onrecord", "onrecord-export", "onrecord-intake", "onrecord-archive", "onrecord-desk", "onrecord-cli"];
/// Crates beside the way: they may use every crate on it.
const BESIDE: [&str; 2] = ["onrecord-eval", "onrecord-python"];
/// The tables of a manifest that name dependencies.
const TABLES: [&str; 3] = ["dependencies", "dev-dependencies", "build-dependencies"];

/// `onrecord ◄ export`, `onrecord ◄ intake ◄ archive ◄ desk ◄ cli`, and desk and cli use export; eval and python use what they need; nobody uses them, the command or xtask.
pub(crate) fn point_one_way(tree: &Tree) -> Vec<String> {
    let mut wrong = Vec::new();
    for file in manifests(tree) {
        let manifest: toml::Table = match file.text.parse() {
            Ok(manifest) => manifest,
            Err(error) => {
                wrong.push(format!("{}: {error}", file.path));
                continue;
            }
        };
        let Some(name) = manifest.get("package").and_then(|package| package.get("name")).and_then(|name| name.as_str()) else { continue };
        for used in TABLES.iter().filter_map(|table| manifest.get(*table)?.as_table()).flat_map(|table| table.keys()) {
            if is_ours(used) && !may_use(name, used) {
                wrong.push(format!("{}: {name} must not use {used}", file.path));
            }
        }
    }
    wrong
}

fn is_ours(name: &str) -> bool {
    WAY.contains(&name) || BESIDE.contains(&name) || name == "xtask"
}

fn may_use(user: &str, used: &str) -> bool {
    let Some(place) = WAY.iter().position(|name| *name == used) else { return false };
    match WAY.iter().position(|name| *name == user) {
        Some(own) => place < own,
        None => BESIDE.contains(&user) && used != "onrecord-cli" || user == "onrecord-fuzz",
    }
}

/// Every dependency from outside carries a comment, where its version is named.
pub(crate) fn have_reasons(tree: &Tree) -> Vec<String> {
    manifests(tree).flat_map(reasonless).collect()
}

fn reasonless(file: &File) -> Vec<String> {
    let (mut inside, mut wrong) = (false, Vec::new());
    for (at, line) in file.text.lines().enumerate() {
        if let Some(header) = line.trim().strip_prefix('[') {
            inside = header.trim_end_matches(']').ends_with("dependencies");
        } else if inside && line.contains('=') && !line.trim_start().starts_with('#') {
            let ours = line.contains("path =") || line.contains("workspace = true");
            if !ours && !line.contains('#') && !line.contains(".workspace") {
                wrong.push(format!("{}:{}: say in a comment why it is here", file.path, at + 1));
            }
        }
    }
    wrong
}

fn manifests(tree: &Tree) -> impl Iterator<Item = &File> {
    tree.files.iter().filter(|file| file.path == "Cargo.toml" || file.path.ends_with("/Cargo.toml"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arrows(user: &str, used: &str) -> usize {
        let manifest = format!("[package]\nname = \"{user}\"\n[dependencies]\n{used}.workspace = true\n");
        point_one_way(&Tree::of(&[("crates/x/Cargo.toml", &manifest)])).len()
    }

    #[test]
    fn arrows_point_one_way() {
        assert_eq!(arrows("onrecord-cli", "onrecord-intake"), 0);
        assert_eq!(arrows("onrecord-eval", "onrecord-intake"), 0);
        assert_eq!(arrows("onrecord-desk", "onrecord-export"), 0);
        assert_eq!(arrows("onrecord-cli", "onrecord-desk"), 0);
        assert_eq!(arrows("onrecord-archive", "onrecord-desk"), 1);
        assert_eq!(arrows("onrecord", "onrecord-intake"), 1);
        assert_eq!(arrows("onrecord-intake", "onrecord-cli"), 1);
        assert_eq!(arrows("onrecord-cli", "xtask"), 1);
        assert_eq!(arrows("onrecord-cli", "onrecord-eval"), 1);
    }

    #[test]
    fn a_dependency_without_a_reason_is_named() {
        let manifest = "[workspace.dependencies]\nonrecord = { path = \"crates/onrecord\" }\njiff = \"0.2\" # dates\nrayon = \"1\"\n[profile.dev]\ndebug = 1\n";
        assert_eq!(have_reasons(&Tree::of(&[("Cargo.toml", manifest)])), ["Cargo.toml:4: say in a comment why it is here"]);
    }
}
