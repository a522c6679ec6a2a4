package dev.apprentice.cli.command.model;

import dev.apprentice.cli.Apprentice;
import dev.apprentice.cli.terminal.Words;
import dev.apprentice.local.CommandException;
import dev.apprentice.local.FileTree;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.lora.AdapterMerge;
import dev.apprentice.service.files.DurableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Merges an adapter with its base model. */
@Command(
        name = "merge",
        description = "Makes one model of a LoRA run's adapter and the model that it was made for, in Hugging Face layout.",
        mixinStandardHelpOptions = true)
public final class MergeCommand implements Callable<Integer> {

    @ParentCommand private Apprentice apprentice;

    @Parameters(
            paramLabel = ChosenModel.LABEL,
            description = "The run (its newest checkpoint by default; RUN@STEP, RUN@best or RUN@last choose another), or an"
                    + " adapter's folder, here or in an object store.")
    private String model;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "The folder to write, which must not exist yet (default: merged/RUN-step-N in the home folder).")
    private Path out;

    @Override
    public Integer call() throws IOException {
        ChosenModel chosen = ChosenModel.of(model, apprentice.system(), apprentice.screen());
        Path target = out == null ? apprentice.system().folder().home().resolve("merged").resolve(chosen.name()) : out;
        if (Files.exists(target)) {
            throw new CommandException(target + " already exists; remove it, or name another folder with --out.");
        }
        Path unfinished = target.resolveSibling(target.getFileName() + ".unfinished");
        Files.createDirectories(unfinished.toAbsolutePath().getParent());
        FileTree.delete(unfinished);
        try {
            AdapterMerge.write(ModelFolder.open(chosen.folder()), unfinished);
            DurableFiles.publishFolder(unfinished, target);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (ModelException e) {
            throw new CommandException(Words.sentence(e), e);
        } finally {
            FileTree.delete(unfinished);
        }
        apprentice.screen().print("The adapter in " + chosen.place() + " and its model are now one model in " + target + ".");
        return 0;
    }
}
