//! Krippendorff's alphas of the audit that is looked at. Over many forms they take a while: the worker
//! works them out one after another, and lets everything else go first.

use std::sync::Arc;

use super::newest::{Asked, Newest};
use super::worker::{Event, Queue, Request};
use super::{Notice, Session};
use crate::analysis::Filter;
use crate::analysis::agreement::{Alphas, Found, Over, Samples, everyone};
use crate::domain::id::RecordId;

/// The audit, the part of it, and the version of the counts.
type Of = (RecordId, Filter, u64);

/// What was asked for last, and what is worked out of it.
#[derive(Debug, Default)]
pub(super) struct AlphasAsked {
    newest: Newest,
    of: Option<Of>,
    known: Alphas,
}

/// Alphas on their way to the worker.
#[derive(Debug)]
pub(super) struct AlphaJob {
    samples: Arc<Samples>,
    /// How many of them are worked out.
    done: usize,
    asked: Asked,
    queue: Queue,
}

impl AlphaJob {
    /// Works out one after another. Where something else waits for the worker the rest is put off,
    /// so that nothing that is typed is kept later for it.
    pub(super) fn run(mut self, emit: &mut dyn FnMut(Event)) {
        let stop = || self.asked.is_overtaken() || self.queue.has_more();
        for sample in &self.samples.each()[self.done..] {
            let Some(found) = sample.alpha(&stop) else {
                break;
            };
            self.done += 1;
            emit(Event::Alpha(self.asked.clone(), sample.over.clone(), found));
        }
        if self.done < self.samples.each().len() && !self.asked.is_overtaken() {
            emit(Event::AlphasPutOff(self));
        }
    }
}

impl Session {
    /// The alphas of an audit and a part of it, as far as they are worked out; `None` where they
    /// were not asked for since the counts changed. A filter's agency is passed over.
    pub fn alphas(&self, audit: RecordId, filter: &Filter) -> Option<&Alphas> {
        let of = (audit, everyone(filter), self.counts.version());
        let asked = self.alphas.of.as_ref() == Some(&of);
        asked.then_some(&self.alphas.known)
    }

    /// Works out the alphas of an audit and a part of it, of these samples of its answers, unless
    /// that is under way; what was asked before is dropped. [`Session::alphas`] fills up.
    pub fn work_out_alphas(&mut self, audit: RecordId, filter: &Filter, samples: Arc<Samples>) {
        let of = (audit, everyone(filter), self.counts.version());
        if self.alphas.of.as_ref() == Some(&of) {
            return;
        }
        self.alphas.of = Some(of);
        self.alphas.known = Alphas::default();
        self.worker.send(Request::WorkOut(AlphaJob {
            samples,
            done: 0,
            asked: self.alphas.newest.ask(),
            queue: self.worker.queue(),
        }));
    }

    /// One that nobody waits for any more is passed over. It shows where it is drawn: there is
    /// nothing further to tell.
    pub(super) fn take_alpha(&mut self, asked: &Asked, over: Over, found: Found) -> Option<Notice> {
        if !asked.is_overtaken() {
            self.alphas.known.take(over, found);
        }
        None
    }

    /// What had to wait goes to the end of the queue.
    pub(super) fn go_on_with(&mut self, job: AlphaJob) -> Option<Notice> {
        self.worker.send(Request::WorkOut(job));
        None
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicBool;

    use super::*;
    use crate::analysis::agreement::agreement;
    use crate::domain::catalogue::Catalogue;
    use crate::domain::revision::Author;
    use crate::session::jobs;

    fn samples() -> Arc<Samples> {
        let folder = tempfile::tempdir().unwrap();
        let author = Author {
            role: "test".into(),
            agency: String::new(),
            device: "test".into(),
        };
        let catalogue = Arc::new(Catalogue::built_in().unwrap());
        let path = folder.path().join("demo.goldthread");
        let now = "2026-03-02T12:00:00Z".parse().unwrap();
        let document = jobs::demo(&path, None, &author, now, &catalogue).unwrap();
        let facts = jobs::facts(&document, &mut |_| (), &AtomicBool::new(false)).unwrap();
        let (_, samples) = agreement(&facts.audits[0], &Filter::default());
        Arc::new(samples)
    }

    /// Runs a job: what came of it, and the job if it was put off.
    fn run(job: AlphaJob) -> (Alphas, Option<AlphaJob>) {
        let (mut known, mut put_off) = (Alphas::default(), None);
        job.run(&mut |event| match event {
            Event::Alpha(_, over, found) => known.take(over, found),
            Event::AlphasPutOff(job) => put_off = Some(job),
            other => panic!("{other:?}"),
        });
        (known, put_off)
    }

    #[test]
    fn everything_else_goes_first_and_what_is_overtaken_is_dropped() {
        let (newest, samples) = (Newest::default(), samples());
        let job = |asked: Asked, open: usize| AlphaJob {
            samples: Arc::clone(&samples),
            done: 0,
            asked,
            queue: Queue::of(open),
        };
        let asked = newest.ask();
        let (known, put_off) = run(job(asked.clone(), 2));
        let rest = put_off.expect("something else waits");
        assert_eq!(known.count(), rest.done);
        assert!(rest.done < samples.each().len());
        let alone = AlphaJob {
            queue: Queue::of(1),
            ..rest
        };
        let (others, put_off) = run(alone);
        assert!(put_off.is_none());
        assert_eq!(known.count() + others.count(), samples.each().len());
        let (whole, _) = run(job(asked.clone(), 1));
        assert_eq!(whole, samples.alphas());
        // Asked for anew: the first is neither worked out nor kept for later.
        newest.ask();
        let (known, put_off) = run(job(asked, 1));
        assert!(known.count() < samples.each().len() && put_off.is_none());
    }
}
