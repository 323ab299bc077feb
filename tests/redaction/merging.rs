//! Neither an older return nor an older copy brings the name back, and a redaction travels.

use goldthread::store::MergeError;

use super::office::Office;
use super::*;

/// An office, a return of the police with the name in a note, and their form.
fn with_a_return() -> (Office, Store, RecordId) {
    let office = Office::new();
    let form = office.form("POL", 0);
    let mut file = office.issue("POL");
    commit(
        &mut file,
        "POL",
        noted(form, &format!("{NAME} was not seen.")),
    );
    (office, file, form)
}

fn clean(store: &Store) {
    assert_eq!(store.mentions(&sought()).unwrap(), []);
    assert_eq!(store.check().unwrap(), []);
}

#[test]
fn an_older_return_does_not_bring_it_back() {
    let (mut office, file, form) = with_a_return();
    office.merge(&file).unwrap();
    redact(&mut office.register).unwrap();
    clean(&office.register);
    let again = office.merge(&file).unwrap();
    assert_eq!(again.files[0].new_revisions, 0);
    clean(&office.register);
    assert_eq!(
        worries(&office.register, form).unwrap(),
        "[name removed] was not seen."
    );
    assert_eq!(office.register.conflicts().unwrap(), []);
}

#[test]
fn a_redaction_made_in_a_return_is_carried_out_in_the_register() {
    let (mut office, mut file, form) = with_a_return();
    office.merge(&file).unwrap();
    redact(&mut file).unwrap();
    clean(&file);
    let merged = office.merge(&file).unwrap();
    assert_eq!(
        (merged.files[0].new_revisions, merged.files[0].redacted),
        (1, 1)
    );
    clean(&office.register);
    assert_eq!(
        worries(&office.register, form).unwrap(),
        "[name removed] was not seen."
    );
}

#[test]
fn a_return_redacted_before_it_was_ever_merged_arrives_without_it() {
    let (mut office, mut file, form) = with_a_return();
    let gone = Edit::delete(Answer::id(form, "C01"), RecordKind::Answer);
    commit(&mut file, "POL", gone);
    commit(&mut file, "POL", noted(form, "The child was not seen."));
    redact(&mut file).unwrap();
    office.merge(&file).unwrap();
    clean(&office.register);
    assert_eq!(
        worries(&office.register, form).unwrap(),
        "The child was not seen."
    );
    let history = office.register.history(Answer::id(form, "C01")).unwrap();
    assert!(history[0].redacted);
}

#[test]
fn any_order_of_the_redacted_and_the_older_file_ends_alike() {
    let (office, file, form) = with_a_return();
    let mut redacted = file.twin().unwrap();
    redact(&mut redacted).unwrap();
    let end = |order: [&Store; 2], at_once: bool| {
        let mut register = office.register.twin().unwrap();
        let looked: Vec<_> = order.map(|file| register.examine(file).unwrap()).into();
        if at_once {
            register.merge(&looked, &author(""), noon()).unwrap();
        } else {
            for file in looked {
                register.merge(&[file], &author(""), noon()).unwrap();
            }
        }
        clean(&register);
        let redacted = register.history(Answer::id(form, "C01")).unwrap();
        let redacted: Vec<_> = redacted
            .iter()
            .map(|entry| (entry.revision, entry.redacted))
            .collect();
        (office.standing(&register), redacted)
    };
    let first = end([&file, &redacted], false);
    for (order, at_once) in [
        ([&redacted, &file], false),
        ([&file, &redacted], true),
        ([&redacted, &file], true),
    ] {
        assert_eq!(end(order, at_once), first);
    }
}

#[test]
fn what_was_written_elsewhere_in_view_of_the_old_text_stands_in_conflict() {
    let (mut office, mut file, form) = with_a_return();
    office.merge(&file).unwrap();
    redact(&mut office.register).unwrap();
    commit(&mut file, "POL", noted(form, "Police log read again"));
    office.merge(&file).unwrap();
    clean(&office.register);
    assert_eq!(office.register.conflicts().unwrap().len(), 1);
}

#[test]
fn both_versions_of_a_conflict_are_corrected_and_stay_in_conflict() {
    let (mut office, mut file, form) = with_a_return();
    office.merge(&file).unwrap();
    commit(
        &mut file,
        "POL",
        noted(form, &format!("{NAME}: the police log")),
    );
    commit(
        &mut office.register,
        "",
        noted(form, &format!("{NAME}: the telephone")),
    );
    office.merge(&file).unwrap();
    assert_eq!(office.register.conflicts().unwrap().len(), 1);
    redact(&mut office.register).unwrap();
    clean(&office.register);
    let conflicts = office.register.conflicts().unwrap();
    assert_eq!((conflicts.len(), conflicts[0].heads.len()), (1, 2));
}

#[test]
fn a_redaction_travels_with_a_return_made_later() {
    let (mut office, file, form) = with_a_return();
    office.merge(&file).unwrap();
    redact(&mut office.register).unwrap();
    let later = office.issue("POL");
    clean(&later);
    let history = later.history(Answer::id(form, "C01")).unwrap();
    assert!(history[0].redacted && history[0].after.is_none());
}

#[test]
fn in_a_return_what_the_office_wrote_is_left_to_the_office() {
    let mut office = Office::new();
    let mut audit = match office.register.record(RecordKind::Audit, office.audit) {
        Ok(Some(Record::Audit(audit))) => audit,
        other => panic!("{other:?}"),
    };
    audit.title = format!("After {NAME}");
    let title = Edit::put(office.audit, audit);
    commit(&mut office.register, "", title);
    let mut file = office.issue("POL");
    let before = file.mentions(&sought()).unwrap();
    let refused = redact(&mut file).unwrap_err().to_string();
    assert!(
        refused.contains("in the audit that came with this return; only the business office"),
        "{refused}"
    );
    assert_eq!(file.mentions(&sought()).unwrap(), before);
    // Taken out there, a return made before does not bring it back.
    redact(&mut office.register).unwrap();
    office.merge(&file).unwrap();
    clean(&office.register);
}

#[test]
fn a_return_redacts_only_what_is_its_agencys_own() {
    let mut office = Office::new();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pol.goldthread");
    office
        .register
        .issue(&path, None, "test", office.audit, "POL")
        .unwrap();
    let mut file = Store::open(&path, None, "test").unwrap();
    // Somebody blanks the partnership's record in the return, as a redaction would.
    let register = file.register().unwrap();
    let (id, partnership) = register.partnerships.into_iter().next().unwrap();
    let first = file.history(id).unwrap()[0].revision;
    let mut other = partnership.clone();
    other.name = "Elsewhere".into();
    let change = Change {
        edits: vec![Edit::put(id, other)],
        author: author("POL"),
        at: noon(),
        reason: Some("Redacted: not theirs".into()),
    };
    file.commit(&change).unwrap();
    drop(file);
    let blank = "UPDATE revision SET body = NULL, redacted = 1 WHERE id = ?1";
    let db = rusqlite::Connection::open(&path).unwrap();
    db.execute(blank, [first.to_string()]).unwrap();
    drop(db);
    let file = Store::open(&path, None, "test").unwrap();
    assert_eq!(file.check().unwrap(), []);
    let refused = office.merge(&file).unwrap_err();
    assert!(matches!(refused, MergeError::NotTheirs { .. }), "{refused}");
    let stands = office.register.register().unwrap();
    assert_eq!(stands.partnership(), Some(&partnership));
}
