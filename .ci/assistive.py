"""A person with a screen reader: walks the screens, then fills in a section of a form by accessible actions alone."""
import re
import sys
import time

import pyatspi

WORKED_WITH = {"push button", "toggle button", "button", "check box", "radio button", "entry", "text", "combo box",
               "slider", "spin button", "link", "password text"}
# What leads to each screen, and what is there then.
SCREENS = [
    ("Summary, Neglect re-audit 2020", "Overview"),
    ("Questions", "Spread of answers"),
    ("Hypotheses", "Hypotheses"),
    ("Timescales", "Timescales"),
    ("Agreement", "Agreement"),
    ("Re-audit", "Re-audit"),
    ("Themes", "Lived experience"),
    ("Actions", "Actions"),
    ("Tools", "Audit tools"),
    ("Export", "Write the export"),
    ("Settings", "Larger"),
    ("Search", "Words to look for"),
    ("Help", "Search the help"),
    ("Audits", "Cases, Neglect re-audit 2020"),
    ("Cases, Neglect re-audit 2020", "NEG20-07, GP: Not started"),
]


def walk(node):
    """Every object under a node; one that goes away meanwhile is left out."""
    try:
        children = [node.getChildAtIndex(at) for at in range(node.childCount)]
    except Exception:
        return
    for child in children:
        if child is not None:
            yield child
            yield from walk(child)


def program():
    desktop = pyatspi.Registry.getDesktop(0)
    applications = [desktop.getChildAtIndex(at) for at in range(desktop.childCount)]
    return next((own for own in applications if own is not None and "oldthread" in (own.name or "")), None)


def controls():
    """Role, name and object of everything that can be worked with."""
    found = []
    application = program()
    for node in walk(application) if application is not None else ():
        try:
            if node.getRoleName() in WORKED_WITH:
                found.append((node.getRoleName(), (node.name or "").strip(), node))
        except Exception:
            continue
    return found


def words():
    application = program()
    names = []
    for node in walk(application) if application is not None else ():
        try:
            names.append(node.name or "")
        except Exception:
            continue
    return names


def until(what, sought, patience=60):
    """Waits for something to be there; the machine may be busy."""
    since = time.monotonic()
    while time.monotonic() - since < patience:
        found = sought()
        if found:
            return found
        time.sleep(0.2)
    sys.exit(f"FAILED: {what} is not there. Said: {' | '.join(words())[:2000]}")


def press(name):
    def control():
        return next((node for _, own, node in controls() if own == name), None)

    node = until(f"“{name}”", control)
    if not node.queryAction().doAction(0):
        sys.exit(f"FAILED: “{name}” does nothing")


def named(screen):
    """Every control of the screen has a name; says how many there are."""
    all_of_them = controls()
    nameless = [role for role, name, _ in all_of_them if not name]
    if nameless:
        sys.exit(f"FAILED: on {screen}, without a name: {nameless}")
    print(f"{screen}: {len(all_of_them)} controls, all named")


def code(name):
    """The question of an answer: "Good, C01" is one to C01."""
    return name.rsplit(", ", 1)[1]


def answered():
    """How many questions the head of the form says are answered."""
    said = [name for name in words() if name.endswith(" answered") and " of " in name]
    return int(said[0].split(" ")[0]) if said else None


until("the program", lambda: controls())
until("the audits", lambda: any(name == "Audits" for _, name, _ in controls()))
named("Audits")
for leads, there in SCREENS:
    press(leads)
    until(f"“{there}” after “{leads}”", lambda: any(there in name for name in words()))
    named(leads)

press("NEG20-07, GP: Not started")
until("the form", lambda: answered() is not None)
before = answered()
section = until("a section", lambda: next(
    (name for _, name, _ in controls() if name.endswith(", 0 of 4")), None))
press(section)
time.sleep(1)
named(f"The form, {section}")
# One answer to each question of the section: grades first, else yes.
done = set()
for _ in range(12):
    wanted = next((name for _, name, _ in controls()
                   if re.fullmatch(r"(Good|Yes), [A-Z]+[0-9]+[a-z]?", name) and code(name) not in done), None)
    if wanted is None:
        break
    done.add(code(wanted))
    press(wanted)
    time.sleep(0.5)
after = until("an answer", lambda: (answered() or 0) >= before + 2 and answered())
until("“Saved”", lambda: any(name.startswith("Saved ") for name in words()))
print(f"{section.split(',')[0]}: {len(done)} pressed, {before} answered before, {after} after, by accessible actions alone")
