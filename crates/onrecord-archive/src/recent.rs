//! Accounts in memory: those last asked for, so that a story that gets one more article reads none of its others again.

use crate::ground::Squeezed;
use onrecord::account::Account;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Statements of all accounts in memory at most, each account counted as one more: about 1,800 articles as they come.
const STATEMENTS: usize = 30_000;

/// Accounts as the reader gave them, by version. Each is told to be of the text and of what the reader found, and is given for just
/// that: what another process has read anew meanwhile is not taken for it.
pub(crate) struct Recent {
    /// Statements there is room for.
    room: usize,
    held: HashMap<i64, Held>,
    /// The versions by when they were last asked for.
    order: BTreeMap<u64, i64>,
    /// How often anything was asked for or kept.
    asked: u64,
    size: usize,
}

struct Held {
    /// What the account was made of, beside the text of its version, which never changes.
    squeezed: Squeezed,
    account: Arc<Account>,
    asked: u64,
}

impl Recent {
    /// Nothing yet. Archives that are only read keep nothing: many are open at once, and what is made of them is kept elsewhere.
    pub(crate) fn new(is_only_read: bool) -> Recent {
        Recent { room: if is_only_read { 0 } else { STATEMENTS }, held: HashMap::new(), order: BTreeMap::new(), asked: 0, size: 0 }
    }

    /// The account of a version in which the reader found this.
    pub(crate) fn find(&mut self, version: i64, squeezed: &Squeezed) -> Option<Arc<Account>> {
        let held = self.held.get_mut(&version).filter(|held| held.squeezed == *squeezed)?;
        self.asked += 1;
        self.order.remove(&held.asked);
        self.order.insert(self.asked, version);
        held.asked = self.asked;
        Some(held.account.clone())
    }

    /// Keeps the account of a version in which the reader found this; what was not asked for longest makes room.
    pub(crate) fn keep(&mut self, version: i64, squeezed: Squeezed, account: &Arc<Account>) {
        self.forget(version);
        self.asked += 1;
        self.size += size(account);
        self.order.insert(self.asked, version);
        self.held.insert(version, Held { squeezed, account: account.clone(), asked: self.asked });
        while self.size > self.room
            && let Some((_, oldest)) = self.order.first_key_value()
        {
            self.forget(*oldest);
        }
    }

    /// Forgets everything.
    pub(crate) fn clear(&mut self) {
        self.held.clear();
        self.order.clear();
        self.size = 0;
    }

    fn forget(&mut self, version: i64) {
        if let Some(held) = self.held.remove(&version) {
            self.order.remove(&held.asked);
            self.size -= size(&held.account);
        }
    }
}

/// What an account counts for.
fn size(account: &Account) -> usize {
    account.reading.statements.len() + 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord::Document;
    use onrecord::document::{Dated, Received};
    use onrecord::reader::Reader;

    fn account() -> Arc<Account> {
        static READER: std::sync::LazyLock<Reader> = std::sync::LazyLock::new(Reader::built_in);
        let text = "“The pier is safe,” Moira Kesh said on Monday. She said it would open in May.";
        let received = Received { document: Document::new("a.txt", text), notes: Vec::new(), dated: Dated::BySource };
        Arc::new(Account::read(received, &READER))
    }

    #[test]
    fn only_what_was_made_of_just_this_is_given() {
        let (account, squeezed) = (account(), Squeezed::default());
        let other = Squeezed::of(&account);
        let mut recent = Recent::new(false);
        recent.keep(1, squeezed.clone(), &account);
        assert!(recent.find(1, &squeezed).is_some_and(|found| Arc::ptr_eq(&found, &account)));
        assert!(recent.find(1, &other).is_none() && recent.find(2, &squeezed).is_none());
        recent.clear();
        assert!(recent.find(1, &squeezed).is_none());
        let mut only_read = Recent::new(true);
        only_read.keep(1, squeezed.clone(), &account);
        assert!(only_read.find(1, &squeezed).is_none() && only_read.size == 0);
    }

    #[test]
    fn what_was_not_asked_for_longest_makes_room() {
        let (account, squeezed) = (account(), Squeezed::default());
        let fit = (STATEMENTS / size(&account)) as i64;
        let mut recent = Recent::new(false);
        (0..fit).for_each(|version| recent.keep(version, squeezed.clone(), &account));
        assert!(recent.find(0, &squeezed).is_some());
        recent.keep(fit, squeezed.clone(), &account);
        assert!(recent.find(0, &squeezed).is_some() && recent.find(1, &squeezed).is_none() && recent.size <= STATEMENTS);
        assert_eq!((recent.held.len(), recent.order.len()), (fit as usize, fit as usize));
    }
}
