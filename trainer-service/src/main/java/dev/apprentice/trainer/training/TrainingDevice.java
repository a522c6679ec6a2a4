package dev.apprentice.trainer.training;

import dev.apprentice.model.Device;
import dev.apprentice.model.torchscript.PyTorch;
import dev.apprentice.trainer.TrainerSettings;
import dev.apprentice.trainer.ranks.JobRanks;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;

/** Where this instance's models are computed. One that is not there keeps the service from starting. */
@Startup
@ApplicationScoped
public class TrainingDevice {

    private final Device device;

    /** Ranks choose their cards before it is looked for them. */
    TrainingDevice(TrainerSettings settings, JobRanks ranks) {
        this.device = Device.present("apprentice.trainer.device", settings.device(), PyTorch::gpus);
        ranks.requireAlike(device.kind() + ", " + PyTorch.description());
    }

    public Device device() {
        return device;
    }
}
