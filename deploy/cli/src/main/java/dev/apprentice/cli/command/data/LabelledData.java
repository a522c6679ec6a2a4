package dev.apprentice.cli.command.data;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import dev.apprentice.cli.client.DataRequest;
import dev.apprentice.cli.client.Dataset;
import dev.apprentice.cli.client.DatasetClient;
import dev.apprentice.cli.terminal.Screen;
import dev.apprentice.contracts.Json;
import dev.apprentice.local.CommandException;
import dev.apprentice.prompts.jinja.TemplateException;
import dev.apprentice.prompts.task.TaskTemplate;
import dev.apprentice.prompts.task.TaskTemplate.TaskExample;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A file of labelled rows, a JSON array or JSON lines, made into examples by a task template. One row is in memory at a time. A
 * row that makes no example is left out; how many those are, and what is wrong with the first, is kept.
 */
public final class LabelledData {

    private static final TypeReference<Map<String, Object>> ROW = new TypeReference<>() {};

    private final Path file;
    private final TaskTemplate template;
    private final Map<String, String> names;
    private final boolean strict;
    private final long seed;
    private long rows;
    private long leftOut;
    private Optional<String> firstFault = Optional.empty();

    public LabelledData(Path file, TaskTemplate template, long seed) {
        this(file, template, List.of(), false, seed);
    }

    /**
     * @param fields each {@code text=review}: a field as the template calls it, and as the data does
     * @param strict whether one row that makes no example refuses all
     * @param seed chooses among a template's wordings
     */
    public LabelledData(Path file, TaskTemplate template, List<String> fields, boolean strict, long seed) {
        this.file = file;
        this.template = template;
        this.names = names(fields);
        this.strict = strict;
        this.seed = seed;
    }

    private static Map<String, String> names(List<String> fields) {
        Map<String, String> names = new LinkedHashMap<>();
        for (String field : fields) {
            int sign = field.indexOf('=');
            if (sign < 1 || sign == field.length() - 1) {
                throw new CommandException("--field '" + field + "' must be FIELD=NAME, such as text=review.");
            }
            names.put(field.substring(0, sign), field.substring(sign + 1));
        }
        return names;
    }

    /** What is done with an example. */
    @FunctionalInterface
    interface Sink {

        /** @return whether more are wanted */
        boolean add(TaskExample example) throws IOException;
    }

    /** @throws CommandException if the file cannot be read, or no row of it makes an example */
    public void forEach(Sink sink) {
        boolean some = false;
        try (MappingIterator<JsonNode> entries = Json.MAPPER.readerFor(JsonNode.class).readValues(file.toFile())) {
            for (boolean wanted = true; wanted && entries.hasNextValue(); rows++) {
                Optional<TaskExample> example = example(entries.nextValue());
                some |= example.isPresent();
                wanted = example.isEmpty() || sink.add(example.get());
            }
        } catch (JsonProcessingException e) {
            throw new CommandException("The data file " + file + " is not JSON at line " + e.getLocation().getLineNr()
                    + ", entry [" + rows + "]; --template reads a JSON array or JSON lines of objects.", e);
        } catch (IOException e) {
            throw new CommandException("The data file " + file + " cannot be read: " + e.getMessage() + ".", e);
        }
        if (!some) {
            throw new CommandException("No row of " + file + " makes an example" + firstFault.map(fault -> ": " + fault).orElse("")
                    + ". See what a row needs with `apprentice templates show " + template.name() + "`.");
        }
    }

    private Optional<TaskExample> example(JsonNode entry) {
        try {
            if (!entry.isObject()) {
                throw new IllegalArgumentException("is no object");
            }
            return Optional.of(template.example(named(Json.MAPPER.convertValue(entry, ROW)), seed, rows));
        } catch (IllegalArgumentException | TemplateException e) {
            if (strict) {
                throw new CommandException("Entry [" + rows + "] of " + file + " " + e.getMessage()
                        + "; mend it, or leave such rows out without --strict.", e);
            }
            leftOut++;
            firstFault = firstFault.or(() -> Optional.of("entry [" + rows + "] " + e.getMessage()));
            return Optional.empty();
        }
    }

    private Map<String, Object> named(Map<String, Object> row) {
        names.forEach((field, name) -> {
            if (row.containsKey(name)) {
                row.put(field, row.get(name));
            }
        });
        return row;
    }

    /** Uploads the examples, and says how many there are. */
    public Dataset putInto(DatasetClient datasets, String name, Screen screen) {
        Path examples = null;
        try {
            examples = Files.createTempFile("apprentice-examples", ".jsonl");
            writeTo(examples);
            screen.print(inWords());
            return datasets.put(name, examples, DataRequest.USUAL);
        } catch (IOException e) {
            throw new CommandException("The examples that the template makes cannot be written: " + e.getMessage() + ".", e);
        } finally {
            delete(examples);
        }
    }

    private static void delete(Path examples) {
        try {
            if (examples != null) {
                Files.deleteIfExists(examples);
            }
        } catch (IOException e) {
            throw new CommandException("The file " + examples + " cannot be removed: " + e.getMessage() + ".", e);
        }
    }

    /** Writes the examples as JSON lines. */
    private void writeTo(Path examples) {
        try (Writer text = Files.newBufferedWriter(examples);
                JsonGenerator json = Json.MAPPER.createGenerator(text).setRootValueSeparator(null)) {
            forEach(example -> {
                json.writePOJO(example);
                json.writeRaw('\n');
                return true;
            });
        } catch (IOException e) {
            throw new CommandException("The examples that template " + template.name() + " makes cannot be written to "
                    + examples + ": " + e.getMessage() + ".", e);
        }
    }

    /** How many rows made an example, and why others did not. */
    public String inWords() {
        return "Template " + template.name() + " makes " + (rows - leftOut) + " examples of " + rows + " rows."
                + (leftOut == 0 ? "" : " " + leftOut + " were left out; the first: " + firstFault.orElseThrow() + ".");
    }
}
