package dev.apprentice.cli.command.model;

import dev.apprentice.cli.Apprentice;
import dev.apprentice.cli.terminal.Words;
import dev.apprentice.local.CommandException;
import dev.apprentice.local.FileTree;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.gguf.GgufExport;
import dev.apprentice.model.gguf.GgufType;
import dev.apprentice.model.lora.AdapterFolder;
import dev.apprentice.model.lora.AdapterMerge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Writes a model in the format of another program. */
@Command(
        name = "export",
        description = "Writes a model in the format of another program: as a GGUF file for llama.cpp and Ollama.",
        mixinStandardHelpOptions = true)
public final class ExportCommand implements Callable<Integer> {

    @ParentCommand private Apprentice apprentice;

    @Parameters(
            paramLabel = ChosenModel.LABEL,
            description = "The run (its newest checkpoint by default; RUN@STEP, RUN@best or RUN@last choose another), or a"
                    + " model's folder, here or in an object store. An adapter is merged with its model.")
    private String model;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "gguf", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Format format;

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "The type of the matrices: ${COMPLETION-CANDIDATES} (default: the one that they have).")
    private Type type;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The file to write; it replaces an existing one.")
    private Path out;

    /** The formats to choose from. */
    enum Format {
        gguf
    }

    /** Types of matrices, by llama.cpp's names. */
    enum Type {
        f32(GgufType.F32),
        f16(GgufType.F16),
        bf16(GgufType.BF16),
        q8_0(GgufType.Q8_0);

        private final GgufType written;

        Type(GgufType written) {
            this.written = written;
        }
    }

    @Override
    public Integer call() throws IOException {
        Path parent = out.toAbsolutePath().getParent();
        if (Files.isDirectory(out) || parent == null || !Files.isDirectory(parent)) {
            throw new CommandException("The file " + out + " cannot be written: it is a folder or in none; --out names a file"
                    + " in a folder that exists.");
        }
        ChosenModel chosen = ChosenModel.of(model, apprentice.system(), apprentice.screen());
        Path folder = chosen.folder();
        Path modelfile = Modelfile.path(out);
        try {
            ModelFolder opened = ModelFolder.open(folder);
            if (AdapterFolder.isAt(folder)) {
                writeMerged(opened);
            } else {
                write(opened);
            }
            Files.writeString(modelfile, Modelfile.of(out, opened));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (ModelException e) {
            throw new CommandException(Words.sentence(e), e);
        }
        apprentice.screen().print("The model in " + chosen.place() + " is now in " + out + "; `ollama create NAME -f " + modelfile
                + "` has Ollama run it.");
        return 0;
    }

    private void write(ModelFolder folder) {
        switch (format) {
            case gguf -> GgufExport.write(folder, out, Optional.ofNullable(type).map(chosen -> chosen.written));
        }
    }

    /** Merges an adapter into a folder beside the output file, a disk that needs enough space anyway, and writes that model. */
    private void writeMerged(ModelFolder adapted) throws IOException {
        Path merged = Files.createTempDirectory(out.toAbsolutePath().getParent(), out.getFileName() + ".merged-");
        try {
            AdapterMerge.write(adapted, merged);
            write(ModelFolder.open(merged));
        } finally {
            FileTree.delete(merged);
        }
    }
}
