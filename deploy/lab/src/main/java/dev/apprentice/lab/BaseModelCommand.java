package dev.apprentice.lab;

import dev.apprentice.cli.terminal.Screen;
import dev.apprentice.lab.demo.BaseModel;
import dev.apprentice.local.system.LocalSystem;
import dev.apprentice.local.system.OwnSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Pretrains the model that the demo starts from. */
@Command(
        name = "base-model",
        description = "Starts a system of its own, teaches the demo's model plain statements from random weights, and writes its"
                + " weights in bfloat16. Takes some minutes.",
        mixinStandardHelpOptions = true)
public final class BaseModelCommand implements Callable<Integer> {

    @ParentCommand private Lab lab;

    @Parameters(
            paramLabel = "FOLDER",
            description = "Where to write model/model.safetensors; deploy/cli/src/main/resources/demo in the project.")
    private Path folder;

    @Override
    public Integer call() throws IOException {
        LocalSystem system = lab.system("base-model");
        Screen screen = lab.screen();
        try (OwnSystem own = OwnSystem.start(
                system, screen::print, () -> screen.end("Stopping the base model's system."))) {
            Path weights = new BaseModel(system, screen).write(folder);
            screen.print("The base model's weights are in " + weights + ".");
        }
        return 0;
    }
}
