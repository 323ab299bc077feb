//! Where the window stands: as it was left, brought back onto a screen that exists.

use std::sync::Arc;

use egui::{Context, Pos2, Rect, Vec2, ViewportCommand, ViewportInfo, pos2, vec2};

use crate::session::settings::WindowPlace;

/// The least size of the window, in points at 100 %.
pub const SMALLEST: Vec2 = vec2(640.0, 480.0);

/// The size of the first window.
pub const USUAL: Vec2 = vec2(1280.0, 800.0);

/// How much of the window's upper edge has to be on a screen, to be taken hold of.
const HOLD: Vec2 = vec2(120.0, 32.0);

/// The window as it is to be opened.
pub fn begin(builder: egui::ViewportBuilder, place: Option<&WindowPlace>) -> egui::ViewportBuilder {
    let size = place.map_or(USUAL, |place| vec2(place.width, place.height));
    let builder = builder
        .with_inner_size(size.max(SMALLEST))
        .with_min_inner_size(SMALLEST);
    match place {
        Some(place) => builder
            .with_position(pos2(place.x, place.y))
            .with_maximized(place.maximized),
        None => builder,
    }
}

/// Brings a window that would stand where no screen is any more back onto one.
pub fn bring_back(context: &eframe::CreationContext<'_>, place: Option<&WindowPlace>) {
    let (Some(window), Some(place)) = (context.winit_window(), place) else {
        return;
    };
    let first = window.primary_monitor();
    let screens = first.into_iter().chain(window.available_monitors());
    let screens: Vec<Rect> = screens
        .map(|screen| {
            let (at, size) = (screen.position(), screen.size());
            let points = screen.scale_factor().max(0.1) as f32;
            let at = pos2(at.x as f32, at.y as f32) / points;
            Rect::from_min_size(at, vec2(size.width as f32, size.height as f32) / points)
        })
        .collect();
    let stands = Rect::from_min_size(pos2(place.x, place.y), vec2(place.width, place.height));
    let there = on_a_screen(stands, &screens);
    let ctx = &context.egui_ctx;
    if there.size() != stands.size() {
        ctx.send_viewport_cmd(ViewportCommand::InnerSize(there.size()));
    }
    if there.min != stands.min {
        ctx.send_viewport_cmd(ViewportCommand::OuterPosition(there.min));
    }
}

/// A window's place, moved and made smaller so that it can be seen and taken hold of. As it was where
/// no screen is known.
fn on_a_screen(window: Rect, screens: &[Rect]) -> Rect {
    let Some(first) = screens.first() else {
        return window;
    };
    let hold = Rect::from_min_size(window.min, vec2(window.width(), HOLD.y));
    let reached = |screen: &&Rect| {
        let seen = screen.intersect(hold);
        seen.width() >= HOLD.x && seen.height() >= HOLD.y
    };
    match screens.iter().find(reached) {
        Some(screen) if fits(window.size(), screen) => window,
        Some(screen) => within(window.min, window.size(), screen),
        None => {
            let size = window.size().min(first.size());
            within(first.center() - size / 2.0, size, first)
        }
    }
}

fn fits(size: Vec2, screen: &Rect) -> bool {
    size.x <= screen.width() && size.y <= screen.height()
}

fn within(at: Pos2, size: Vec2, screen: &Rect) -> Rect {
    let size = size.min(screen.size());
    let last = screen.max - size;
    let at = at.max(screen.min).min(last.max(screen.min));
    Rect::from_min_size(at, size)
}

/// The place of the window as the system tells it; as before where that is not known, and the size
/// it goes back to while it fills the screen. In points at 100 %, whatever the zoom.
pub fn now(info: &ViewportInfo, zoom: f32, before: Option<&WindowPlace>) -> Option<WindowPlace> {
    if info.minimized == Some(true) {
        return before.cloned();
    }
    let maximized = info.maximized == Some(true) || info.fullscreen == Some(true);
    if maximized {
        return before.map(|before| WindowPlace {
            maximized,
            ..before.clone()
        });
    }
    let inner = info.inner_rect? * zoom;
    let at = info.outer_rect.map_or(inner.min, |outer| outer.min * zoom);
    Some(WindowPlace {
        x: at.x,
        y: at.y,
        width: inner.width(),
        height: inner.height(),
        maximized,
    })
}

/// Brings the window forward when it is asked for; as far as the system lets a program do that.
pub fn come_forward(ctx: &Context) {
    for command in [
        ViewportCommand::Minimized(false),
        ViewportCommand::Focus,
        ViewportCommand::RequestUserAttention(egui::UserAttentionType::Informational),
    ] {
        ctx.send_viewport_cmd(command);
    }
}

/// Whether the window is asked for; set by another thread.
pub type Asked = Arc<std::sync::atomic::AtomicBool>;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rect(x: f32, y: f32, width: f32, height: f32) -> Rect {
        Rect::from_min_size(pos2(x, y), vec2(width, height))
    }

    #[test]
    fn a_window_is_brought_onto_a_screen_that_exists() {
        let laptop = rect(0.0, 0.0, 1366.0, 768.0);
        let right = rect(1366.0, 0.0, 1920.0, 1080.0);
        for (was, screens, is) in [
            // Where it was.
            (
                rect(40.0, 40.0, 1280.0, 700.0),
                &[laptop][..],
                rect(40.0, 40.0, 1280.0, 700.0),
            ),
            (
                rect(1500.0, 40.0, 1280.0, 800.0),
                &[laptop, right],
                rect(1500.0, 40.0, 1280.0, 800.0),
            ),
            // Partly outside, and still to be taken hold of.
            (
                rect(-300.0, 40.0, 1280.0, 700.0),
                &[laptop],
                rect(-300.0, 40.0, 1280.0, 700.0),
            ),
            // The screen at the right is gone.
            (
                rect(1500.0, 40.0, 1280.0, 700.0),
                &[laptop],
                rect(43.0, 34.0, 1280.0, 700.0),
            ),
            // Its upper edge is above every screen.
            (
                rect(40.0, -200.0, 800.0, 600.0),
                &[laptop],
                rect(283.0, 84.0, 800.0, 600.0),
            ),
            // Larger than the screen.
            (
                rect(1500.0, 40.0, 1920.0, 1200.0),
                &[laptop],
                rect(0.0, 0.0, 1366.0, 768.0),
            ),
            (
                rect(5.0, 5.0, 1280.0, 800.0),
                &[laptop],
                rect(5.0, 0.0, 1280.0, 768.0),
            ),
            (
                rect(9000.0, 9000.0, 800.0, 600.0),
                &[],
                rect(9000.0, 9000.0, 800.0, 600.0),
            ),
        ] {
            assert_eq!(on_a_screen(was, screens), is, "{was:?} on {screens:?}");
        }
    }

    #[test]
    fn the_place_is_kept_at_any_zoom_and_while_maximised() {
        let mut info = ViewportInfo {
            inner_rect: Some(rect(100.0, 60.0, 640.0, 400.0)),
            outer_rect: Some(rect(100.0, 50.0, 640.0, 410.0)),
            ..ViewportInfo::default()
        };
        let place = now(&info, 2.0, None).unwrap();
        assert_eq!(
            (place.x, place.y, place.width, place.height),
            (200.0, 100.0, 1280.0, 800.0)
        );
        info.maximized = Some(true);
        info.inner_rect = Some(rect(0.0, 0.0, 1920.0, 1080.0));
        let filled = now(&info, 2.0, Some(&place)).unwrap();
        assert_eq!(
            filled,
            WindowPlace {
                maximized: true,
                ..place.clone()
            }
        );
        info.minimized = Some(true);
        assert_eq!(now(&info, 1.0, Some(&place)), Some(place));
        assert_eq!(now(&ViewportInfo::default(), 1.0, None), None);
    }

    proptest! {
        /// Wherever it was, its upper edge can be taken hold of on one of the screens.
        #[test]
        fn it_can_always_be_taken_hold_of(
            x in -9000.0_f32..9000.0, y in -9000.0_f32..9000.0,
            width in 640.0_f32..4000.0, height in 480.0_f32..3000.0,
            left in -3000.0_f32..3000.0,
        ) {
            let screens = [rect(0.0, 0.0, 1366.0, 768.0), rect(left, 768.0, 1920.0, 1080.0)];
            let there = on_a_screen(rect(x, y, width, height), &screens);
            let hold = Rect::from_min_size(there.min, vec2(there.width(), HOLD.y));
            let held = screens.iter().any(|screen| {
                let seen = screen.intersect(hold);
                seen.width() >= HOLD.x && seen.height() >= HOLD.y - 0.01
            });
            prop_assert!(held);
        }
    }
}
