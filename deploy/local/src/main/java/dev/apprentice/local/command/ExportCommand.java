package dev.apprentice.local.command;

import dev.apprentice.contracts.Checkpoint;
import dev.apprentice.local.Apprentice;
import dev.apprentice.local.CommandException;
import dev.apprentice.local.client.Place;
import dev.apprentice.local.client.TrainerClient;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.gguf.GgufExport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Writes a model in the format of another program. */
@Command(
        name = "export",
        description = "Writes a model in the format of another program: as a GGUF file for llama.cpp.",
        mixinStandardHelpOptions = true)
public final class ExportCommand implements Callable<Integer> {

    @ParentCommand private Apprentice apprentice;

    @Parameters(
            paramLabel = "RUN|FOLDER",
            description = "The run, whose newest checkpoint it is to be, or a model's folder.")
    private String model;

    @Option(names = "--format", defaultValue = "gguf", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Format format;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The file to write; one that is there is replaced.")
    private Path out;

    /** What there is to choose from. */
    enum Format {
        gguf
    }

    @Override
    public Integer call() {
        Path parent = out.toAbsolutePath().getParent();
        if (Files.isDirectory(out) || parent == null || !Files.isDirectory(parent)) {
            throw new CommandException("The file " + out + " cannot be written: it is a folder or in none; --out names a file"
                    + " in a folder that exists.");
        }
        Path folder = folder();
        try {
            ModelFolder opened = ModelFolder.open(folder);
            switch (format) {
                case gguf -> GgufExport.write(opened, out);
            }
        } catch (ModelException e) {
            throw new CommandException(e.getMessage(), e);
        }
        apprentice.screen().print("The model in " + folder + " is now in " + out + ".");
        return 0;
    }

    private Path folder() {
        Path named = UserPath.of(model);
        if (Files.isDirectory(named)) {
            return named;
        }
        if (model.contains("/")) {
            throw new CommandException("The model " + model + " is no folder; name one, or a run (`apprentice runs` lists them).");
        }
        Checkpoint newest = new TrainerClient(apprentice.system().ports())
                .run(model)
                .newestCheckpoint()
                .orElseThrow(() -> new CommandException("The run " + model + " has no checkpoint yet; `apprentice follow "
                        + model + "` shows how far it is."));
        Place place = Place.of(newest);
        if (!place.isThere()) {
            throw new CommandException("The newest checkpoint of " + model + " was in " + place + ", and is not there any more.");
        }
        return place.folder().orElseThrow(() -> new CommandException("The newest checkpoint of " + model + " lies at " + place
                + "; fetch it, and name the folder that you fetched it to."));
    }
}
