//! An open desk: archives to read from, one to write to at a time, and the stories that were looked at last.

use crate::guess::Guesses;
use crate::memory::Memory;
use crate::refusal::Refusal;
use crate::session::{Ended, signed};
use crate::shown::Shown;
use crate::{Error, Settings};
use onrecord::reader::Reader;
use onrecord_archive::{Archive, Standing};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;

/// Archives open for reading at once: more than the cores of a laptop wait for one another anyway.
const READERS: usize = 8;
/// How often it is looked whether the archive has changed: several times while somebody turns a page, and not for each of two hundred.
const LOOKED: Duration = Duration::from_millis(50);
/// Stories kept in memory: those a desk has open at a time.
const STORIES: usize = 24;
/// Statements of kept stories at most, at about 20 kB each with text, evidence and page.
const STATEMENTS: usize = 20_000;

/// An open desk.
pub(crate) struct Desk {
    pub(crate) settings: Settings,
    /// Wrong tokens, by where they came from.
    pub(crate) guesses: Guesses,
    /// Sessions that were ended.
    pub(crate) ended: Ended,
    /// What tokens are made with; a new one each time the desk opens.
    pub(crate) key: [u8; 32],
    readers: Mutex<Vec<Archive>>,
    room: Semaphore,
    writer: tokio::sync::Mutex<()>,
    /// Held while news is sent.
    sending: Mutex<()>,
    /// The encoder is loaded when the first document or correction comes.
    reader: OnceLock<Reader>,
    stories: Mutex<Vec<Slot>>,
    pub(crate) memory: Memory,
    changes: Mutex<Changes>,
}

/// How often the archive was seen to have changed.
struct Changes {
    /// Looks on; what is written through others is another moment to it.
    archive: Archive,
    moment: i64,
    count: u64,
    looked: Instant,
}

/// A story that is made once, however many ask for it.
#[derive(Clone)]
struct Slot {
    standing: Standing,
    made: Arc<Mutex<Option<Arc<Shown>>>>,
}

impl Desk {
    /// Opens the archive, for reading first.
    pub(crate) fn open(settings: Settings) -> Result<Desk, Error> {
        let first = Archive::for_reading(&settings.archive)?;
        let mut key = [0; 32];
        getrandom::fill(&mut key).map_err(|error| Error::System(error.to_string()))?;
        let watching = Archive::for_reading(&settings.archive)?;
        let changes = Changes { moment: watching.moment()?, archive: watching, count: 0, looked: Instant::now() };
        Ok(Desk {
            settings,
            guesses: Guesses::default(),
            ended: Ended::default(),
            key,
            readers: Mutex::new(vec![first]),
            room: Semaphore::new(READERS),
            writer: tokio::sync::Mutex::default(),
            sending: Mutex::default(),
            reader: OnceLock::new(),
            stories: Mutex::default(),
            memory: Memory::new(signed(&key, "page", "hole")),
            changes: Mutex::new(changes),
        })
    }

    /// What `work` reads from an archive, on a thread where it may take its time.
    pub(crate) async fn read<T: Send + 'static>(
        self: &Arc<Desk>,
        work: impl FnOnce(&Desk, &Archive) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        let desk = Arc::clone(self);
        let _place = self.room.acquire().await.map_err(|_| Refusal::closing())?;
        let work = move || {
            let kept = locked(&desk.readers).pop();
            let archive = kept.map_or_else(|| Archive::for_reading(&desk.settings.archive), Ok)?;
            let result = work(&desk, &archive);
            let mut kept = locked(&desk.readers);
            if kept.len() < READERS {
                kept.push(archive);
            }
            result
        };
        tokio::task::spawn_blocking(work).await.map_err(|_| Refusal::fault())?
    }

    /// What `work` changes; one after the other. Afterwards the stories it touched are made anew.
    pub(crate) async fn write<T: Send + 'static>(
        self: &Arc<Desk>,
        work: impl FnOnce(&Desk, &mut Archive, &Reader) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        let desk = Arc::clone(self);
        let _alone = self.writer.lock().await;
        let work = move || {
            let reader = desk.reader.get_or_init(Reader::built_in);
            let mut archive = Archive::open(&desk.settings.archive)?;
            let result = work(&desk, &mut archive, reader).and_then(|result| Ok(archive.refresh(reader, |_| {}).map(|_| result)?));
            // Before whoever wrote is answered: what they see next has it, even where only part of it could be done.
            desk.memory.clear();
            result
        };
        let result = tokio::task::spawn_blocking(work).await.map_err(|_| Refusal::fault())?;
        self.send();
        result
    }

    /// Sends news where it should go, while whoever wrote goes on: an address that does not answer keeps nobody waiting. One after the
    /// other, so that nothing is sent twice; the desk does not close before it is done.
    fn send(self: &Arc<Desk>) {
        let desk = Arc::clone(self);
        drop(tokio::task::spawn_blocking(move || {
            let _alone = locked(&desk.sending);
            if let Ok(mut archive) = Archive::open(&desk.settings.archive) {
                (desk.settings.afterwards)(&mut archive);
            }
        }));
    }

    /// How often the archive was seen to have changed: what was made when it was less may be wrong.
    pub(crate) fn changes(&self) -> u64 {
        let mut changes = locked(&self.changes);
        if changes.looked.elapsed() >= LOOKED {
            changes.looked = Instant::now();
            // Where it cannot be told, what is kept is made anew.
            let moment = changes.archive.moment().ok();
            if moment != Some(changes.moment) {
                changes.count += 1;
                changes.moment = moment.unwrap_or(changes.moment);
            }
        }
        changes.count
    }

    /// The encoder, for reading again what a rebuild has dropped.
    pub(crate) fn reader(&self) -> &Reader {
        self.reader.get_or_init(Reader::built_in)
    }

    /// The story that `id` or any of its documents names, as it stands now: from memory, or made. Whoever waits until somebody else
    /// has made it leaves its place to those who want something else.
    pub(crate) fn story(&self, archive: &Archive, id: &str) -> Result<Arc<Shown>, Refusal> {
        let standing = archive.standing(id)?;
        let slot = self.slot(&standing);
        if slot.made.try_lock().is_err() {
            self.room.add_permits(1);
            drop(locked(&slot.made));
            // The room is never closed, and the place is given back by whoever asked for this.
            tokio::runtime::Handle::current().block_on(self.room.acquire()).map_err(|_| Refusal::closing())?.forget();
        }
        let mut made = locked(&slot.made);
        if let Some(shown) = made.as_ref() {
            return Ok(Arc::clone(shown));
        }
        let shown = Arc::new(Shown::of(archive, standing)?);
        *made = Some(Arc::clone(&shown));
        drop(made);
        self.forget_the_oldest();
        Ok(shown)
    }

    /// The story of this name; any other of its documents' names leads to it.
    pub(crate) fn story_called(&self, archive: &Archive, id: &str) -> Result<Arc<Shown>, Refusal> {
        let shown = self.story(archive, id)?;
        if shown.id == id { Ok(shown) } else { Err(Refusal::renamed(id, &shown.id)) }
    }

    fn slot(&self, standing: &Standing) -> Slot {
        let mut stories = locked(&self.stories);
        let slot = match stories.iter().position(|slot| slot.standing == *standing) {
            Some(at) => stories.remove(at),
            None => {
                // What it was before is of no use to anybody.
                stories.retain(|slot| slot.standing.id != standing.id);
                Slot { standing: standing.clone(), made: Arc::default() }
            }
        };
        stories.push(slot.clone());
        slot
    }

    fn forget_the_oldest(&self) {
        let mut stories = locked(&self.stories);
        // One that is being made counts as nothing; it is counted when it is there.
        let size = |slot: &Slot| slot.made.try_lock().ok().and_then(|made| made.as_ref().map(|shown| shown.statements())).unwrap_or(0);
        let mut all: usize = stories.iter().map(size).sum();
        while stories.len() > 1 && (stories.len() > STORIES || all > STATEMENTS) {
            all -= size(&stories.remove(0)).min(all);
        }
    }
}

/// A lock that a panic elsewhere does not take away: what it guards is whole at all times.
pub(crate) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
