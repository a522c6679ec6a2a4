package dev.apprentice.trainer.training;

import dev.apprentice.model.Device;
import dev.apprentice.model.card.CudaRuntime;
import dev.apprentice.model.card.GraphicsCards;
import dev.apprentice.model.torchscript.PyTorch;
import dev.apprentice.service.metrics.CardMetrics;
import dev.apprentice.trainer.TrainerSettings;
import dev.apprentice.trainer.ranks.JobRanks;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** The device on which this instance computes models. The service does not start if it is absent. */
@Startup
@ApplicationScoped
public class TrainingDevice {

    private static final Logger LOG = Logger.getLogger(TrainingDevice.class);

    private final Device device;

    /** Creates the device. It needs {@code ranks}, because each rank chooses its graphics card before the device is looked up. */
    TrainingDevice(
            TrainerSettings settings,
            JobRanks ranks,
            MeterRegistry registry,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        if (settings.tf32()) {
            PyTorch.allowTf32();
        }
        this.device = Device.present("apprentice.trainer.device", settings.device(), PyTorch::gpus);
        ranks.requireAlike("Apprentice " + version + ", " + device.kind() + ", " + PyTorch.description() + (settings.tf32() ? ", TF32" : ""));
        if (device.kind() == Device.Kind.GPU) {
            Optional<GraphicsCards> found = GraphicsCards.find();
            LOG.info(GraphicsCards.found(
                    found, PyTorch.gpus(), PyTorch.version(), GraphicsCards.flavor(), CudaRuntime.version(GraphicsCards.flavor())));
            found.ifPresent(cards -> CardMetrics.register(registry, cards.count(), cards::memoryUsed, cards::memory, cards::busy));
        }
    }

    public Device device() {
        return device;
    }
}
