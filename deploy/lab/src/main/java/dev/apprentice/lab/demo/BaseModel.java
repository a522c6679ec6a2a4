package dev.apprentice.lab.demo;

import dev.apprentice.cli.client.DatasetClient;
import dev.apprentice.cli.client.RunRequest;
import dev.apprentice.cli.client.TrainerClient;
import dev.apprentice.cli.client.answer.CheckpointLocation;
import dev.apprentice.cli.client.answer.Dataset;
import dev.apprentice.cli.demo.DemoFiles;
import dev.apprentice.cli.demo.DemoSetting;
import dev.apprentice.cli.follow.FollowedRun;
import dev.apprentice.cli.follow.RunFollower;
import dev.apprentice.cli.terminal.Screen;
import dev.apprentice.contracts.run.Split;
import dev.apprentice.contracts.run.Split.Policy;
import dev.apprentice.local.CommandException;
import dev.apprentice.local.log.Broker;
import dev.apprentice.local.system.LocalSystem;
import dev.apprentice.local.system.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Pretrains the demo's model: the product's own services learn {@link Statements} as text, from random weights. */
public final class BaseModel {

    private static final String NAME = "base-model";
    /** Without an exam, since only instructions can test what was learned; the rest is for validation. */
    private static final Split SPLIT = new Split(Policy.ORDERED, 0.98, 0);

    private final LocalSystem system;
    private final Screen screen;

    /** Uses this system. @param system one that is up */
    public BaseModel(LocalSystem system, Screen screen) {
        this.system = system;
        this.screen = screen;
    }

    /**
     * Trains and writes the weights as {@code model/model.safetensors} inside a folder.
     *
     * @return the file
     * @throws CommandException if the run does not complete
     */
    public Path write(Path folder) throws IOException {
        Path home = system.folder().home();
        Path texts = home.resolve("statements.jsonl");
        Files.writeString(texts, DemoData.statements());
        Ports ports = system.ports();
        DemoSetting setting = DemoSetting.base();
        Dataset dataset = new DatasetClient(ports).put(NAME, texts);
        String run = new TrainerClient(ports)
                .start(new RunRequest(
                        Optional.empty(),
                        new RunRequest.Model(DemoFiles.unpack(home).model().toString(), Optional.of("random")),
                        RunRequest.Data.of(dataset.name()).with("split", Optional.of(SPLIT)).from(texts),
                        setting.training(),
                        Map.of(),
                        Map.of()))
                .run();
        FollowedRun followed =
                new RunFollower(ports, new Broker(ports.bootstrapServers()), screen, UnaryOperator.identity()).follow(run);
        Path checkpoint = followed.status().newestCheckpoint().flatMap(newest -> CheckpointLocation.of(newest).folder())
                .filter(there -> followed.completed())
                .orElseThrow(() -> new CommandException("The base model's run did not come to its end; the logs are in " + home + "."));
        Path weights = folder.resolve("model").resolve(DemoFiles.WEIGHTS);
        Files.createDirectories(weights.getParent());
        Bfloat16Weights.write(checkpoint.resolve(DemoFiles.WEIGHTS), weights);
        return weights;
    }
}
