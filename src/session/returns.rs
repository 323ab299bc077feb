//! Return files and merging, as the window asks for them.

use std::path::PathBuf;

use super::worker::Request;
use super::{IssueRequest, MergeRequest, Session};

impl Session {
    /// Asks for return files; [`super::Notice::Issued`] follows.
    pub fn issue(&mut self, requests: Vec<IssueRequest>) {
        self.worker.send(Request::Issue(requests));
    }

    /// Asks what to do with dropped files; [`super::Notice::Dropped`] follows.
    pub fn look_at_dropped(&mut self, files: Vec<PathBuf>) {
        self.worker.send(Request::LookAtDropped(files));
    }

    /// Asks for a checked copy of this return to send back; [`super::Notice::SavedToSend`] follows.
    pub fn save_to_send(&mut self) {
        self.worker.send(Request::SaveToSend);
    }

    /// Asks what merging these files would do; [`super::Notice::MergePreviewed`] follows.
    pub fn preview_merge(&mut self, request: MergeRequest) {
        self.worker.send(Request::PreviewMerge(request));
    }

    /// Asks for a merge; [`super::Notice::Merged`] follows.
    pub fn merge(&mut self, request: MergeRequest) {
        self.worker.send(Request::Merge(request));
    }
}
