//! Which graphics adapter draws the window. Remote desktops and plain virtual machines often have
//! none but the system's software adapter, and may list one that cannot draw in a window at all.

use std::sync::Arc;

use eframe::egui_wgpu::{WgpuConfiguration, WgpuSetup, WgpuSetupCreateNew};
use eframe::wgpu::{Adapter, DeviceType, Surface};

/// Options that take any adapter that can draw in this window: hardware first, software last.
pub(super) fn options(mut usual: WgpuConfiguration) -> WgpuConfiguration {
    if let WgpuSetup::CreateNew(setup) = &mut usual.wgpu_setup {
        choose_by_surface(setup);
    }
    usual
}

fn choose_by_surface(setup: &mut WgpuSetupCreateNew) {
    let choose = |adapters: &[Adapter], surface: Option<&Surface<'_>>| {
        let fits = |adapter: &&Adapter| {
            surface.is_none_or(|surface| adapter.is_surface_supported(surface))
        };
        let best = adapters
            .iter()
            .filter(fits)
            .min_by_key(|adapter| rank(adapter.get_info().device_type));
        let Some(adapter) = best else {
            return Err(
                "no graphics adapter, not even a software one, can draw in a window here"
                    .to_owned(),
            );
        };
        let info = adapter.get_info();
        if info.device_type == DeviceType::Cpu {
            tracing::info!(adapter = info.name, "drawing in software");
        }
        Ok(adapter.clone())
    };
    setup.native_adapter_selector = Some(Arc::new(choose));
}

/// The gentler adapters first: a form needs no fast one.
fn rank(device: DeviceType) -> u8 {
    match device {
        DeviceType::IntegratedGpu => 0,
        DeviceType::DiscreteGpu => 1,
        DeviceType::VirtualGpu => 2,
        DeviceType::Other => 3,
        DeviceType::Cpu => 4,
    }
}
