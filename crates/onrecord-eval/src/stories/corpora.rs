//! Reads the corpora whose articles are grouped into stories, and the list of copies.

use super::csv;
use crate::error::Error;
use crate::shared::{Shared, files_in, name_of, text_of};
use onrecord::Document;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

/// An article of a corpus.
#[derive(Clone, Debug, PartialEq)]
pub struct Article {
    /// Its name, as neardup_silver has it.
    pub id: String,
    /// Its headline, where it came apart.
    pub title: String,
    /// Its text.
    pub text: String,
    /// Its day, ISO; empty where unknown.
    pub date: String,
    /// Its story in the gold.
    pub story: String,
}

impl Article {
    /// The article as the intake would give it: the title before the body, unless the body begins with it.
    pub fn document(&self) -> Document {
        let has_title = self.title.is_empty() || self.text.trim_start().starts_with(&self.title);
        let text = if has_title { self.text.clone() } else { format!("{}\n\n{}", self.title, self.text) };
        let title = (!self.title.is_empty()).then(|| self.title.clone());
        Document { title, published: self.date.parse().ok(), ..Document::new(&self.id, text) }
    }
}

/// The articles of giveme5w1h's news clusters.
pub fn giveme5w1h(shared: &Shared) -> Result<Vec<Article>, Error> {
    #[derive(Deserialize)]
    struct File {
        title: Option<String>,
        text: Option<String>,
        date_publish: Option<String>,
        #[serde(rename = "newsCluster")]
        cluster: Cluster,
    }
    #[derive(Deserialize)]
    struct Cluster {
        #[serde(rename = "Event")]
        event: String,
    }
    let folder = shared.corpus("giveme5w1h").join("news_cluster");
    let article = |path: std::path::PathBuf| {
        let file: File = serde_json::from_str(&text_of(&path)?).map_err(|error| Error::new(&path, error.to_string()))?;
        let id = format!("g5w/news_cluster:{}", name_of(&path).trim_end_matches(".json"));
        let date = file.date_publish.and_then(|date| date.get(..10).map(str::to_owned)).unwrap_or_default();
        Ok(Article { id, title: file.title.unwrap_or_default(), text: file.text.unwrap_or_default(), date, story: file.cluster.event })
    };
    files_in(&folder, ".json")?.into_iter().map(article).collect()
}

/// The full texts of the AllSides round-ups, each under the first story that has it. The archive is opened by `tar`.
pub fn allsides(shared: &Shared) -> Result<Vec<Article>, Error> {
    #[derive(Deserialize)]
    struct Line {
        story_id: String,
        members: Vec<Member>,
    }
    #[derive(Deserialize)]
    struct Member {
        title: String,
        id: Option<String>,
        date: Option<String>,
        text: Option<String>,
    }
    let archive = shared.corpus("allsides_stories.tar.xz");
    let wrong = |why: String| Error::new(&archive, why);
    let tar = Command::new("tar").arg("-xJOf").arg(&archive).arg("allsides_stories/stories.jsonl").output().map_err(|error| wrong(error.to_string()))?;
    let lines = String::from_utf8(tar.stdout).map_err(|error| wrong(error.to_string()))?;
    let (mut out, mut seen) = (Vec::new(), BTreeSet::new());
    for line in lines.lines() {
        let line: Line = serde_json::from_str(line).map_err(|error| wrong(error.to_string()))?;
        for member in line.members {
            if let (Some(id), Some(text)) = (member.id, member.text)
                && seen.insert(id.clone())
            {
                let (id, date) = (format!("allsides:{id}"), member.date.unwrap_or_default());
                out.push(Article { id, title: member.title, text, date, story: line.story_id.clone() });
            }
        }
    }
    Ok(out)
}

/// The bodies of FNC-1's training part, with the clusters derived from its stances.
pub fn fnc1(shared: &Shared) -> Result<Vec<Article>, Error> {
    let folder = shared.corpus("fnc1");
    let clusters = text_of(&folder.join("derived_train_story_clusters.tsv"))?;
    let cluster: BTreeMap<&str, &str> = clusters.lines().skip(1).filter_map(|line| line.split_once('\t')).map(|(cluster, body)| (body, cluster)).collect();
    let rows = csv::rows(&text_of(&folder.join("train_bodies.csv"))?);
    let article = |row: Vec<String>| {
        let [body, text] = <[String; 2]>::try_from(row).ok()?;
        let story = (*cluster.get(body.as_str())?).to_owned();
        Some(Article { id: format!("fnc-train:{body}"), title: String::new(), text, date: String::new(), story })
    };
    Ok(rows.into_iter().skip(1).filter_map(article).collect())
}

/// Wikinews of 2019 and 2020, without stories: for the count of words.
pub fn wikinews(shared: &Shared) -> Result<Vec<Article>, Error> {
    let mut out = Vec::new();
    for path in files_in(&shared.corpus("wikinews").join("data"), ".csv")? {
        let article = |row: Vec<String>| {
            let [url, date, title, text] = <[String; 4]>::try_from(row).ok()?;
            Some(Article { id: url, title, text, date, story: String::new() })
        };
        out.extend(csv::rows(&text_of(&path)?).into_iter().skip(1).filter_map(article));
    }
    Ok(out)
}

/// The pairs of neardup_silver: two names and a class.
pub(super) fn silver(shared: &Shared) -> Result<Vec<(String, String, String)>, Error> {
    let mut out = Vec::new();
    for path in files_in(&shared.corpus("neardup_silver"), ".tsv")? {
        let text = text_of(&path)?;
        let class = text.lines().next().and_then(|line| line.split('\t').position(|name| name == "class"));
        let class = class.ok_or_else(|| Error::new(&path, "has no column `class`"))?;
        out.extend(text.lines().skip(1).filter_map(|line| {
            let fields: Vec<&str> = line.split('\t').collect();
            Some((fields.first()?.to_string(), fields.get(1)?.to_string(), fields.get(class)?.to_string()))
        }));
    }
    Ok(out)
}
