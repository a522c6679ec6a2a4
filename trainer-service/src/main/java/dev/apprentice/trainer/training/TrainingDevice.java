package dev.apprentice.trainer.training;

import dev.apprentice.model.Device;
import dev.apprentice.model.torchscript.PyTorch;
import dev.apprentice.trainer.TrainerSettings;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;

/** Where this instance's models are computed. One that is not there keeps the service from starting. */
@Startup
@ApplicationScoped
public class TrainingDevice {

    private final Device device;

    TrainingDevice(TrainerSettings settings) {
        this.device = Device.present("apprentice.trainer.device", settings.device(), PyTorch::gpus);
    }

    public Device device() {
        return device;
    }
}
