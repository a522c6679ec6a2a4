package dev.apprentice.trainer.training;

import dev.apprentice.model.Device;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.torchscript.PyTorch;
import dev.apprentice.trainer.TrainerSettings;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.IntSupplier;

/** Where this instance's models are computed. One that is not there keeps the service from starting. */
@Startup
@ApplicationScoped
public class TrainingDevice {

    private final Device device;

    TrainingDevice(TrainerSettings settings) {
        this.device = present(settings.device(), PyTorch::gpus);
    }

    Device device() {
        return device;
    }

    /** @param gpus how many there are; asked only where one is wanted, for it starts the native library */
    static Device present(String wanted, IntSupplier gpus) {
        Device device;
        try {
            device = Device.parse(wanted);
        } catch (ModelException e) {
            throw new IllegalStateException("apprentice.trainer.device: " + e.getMessage(), e);
        }
        if (device.kind() == Device.Kind.GPU && device.index() >= gpus.getAsInt()) {
            throw new IllegalStateException("apprentice.trainer.device is " + wanted + ", but PyTorch finds "
                    + (gpus.getAsInt() == 0 ? "no graphics card" : "only " + gpus.getAsInt() + " graphics card(s)")
                    + " on this machine; set it to cpu, or mend the driver or the container's access to the card");
        }
        return device;
    }
}
