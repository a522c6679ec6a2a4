package dev.apprentice.cli.recipe;

import dev.apprentice.cli.command.option.Nearest;
import dev.apprentice.contracts.settings.Described;
import dev.apprentice.contracts.settings.Settings;
import dev.apprentice.local.CommandException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads a recipe as {@link RecipeKeys} describes it. The key's type decides how a value is parsed. */
final class RecipeReader {

    private final Path file;

    RecipeReader(Path file) {
        this.file = file;
    }

    /** Reads the file. @throws CommandException with the file, the line and the key of the first mistake */
    Map<String, Object> read() {
        try {
            Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
            Node root = yaml.compose(new StringReader(Files.readString(file)));
            return root == null ? Map.of() : group(RecipeKeys.class, root, "");
        } catch (MarkedYAMLException e) {
            throw new RecipeException(file, e.getProblemMark().getLine() + 1, "this is not YAML: " + e.getProblem()
                    + "; write one 'key: value' a line, groups indented by two spaces.");
        } catch (YAMLException e) {
            throw new CommandException("The recipe " + file + " is not YAML: " + e.getMessage() + ".", e);
        } catch (IOException e) {
            throw new CommandException("The recipe " + file + " does not exist or cannot be read as UTF-8; --recipe names a"
                    + " YAML file, such as one that --print-recipe wrote.", e);
        }
    }

    /** Reads a group. @param path the names that lead to it, such as {@code training.}; empty for the whole recipe */
    private Map<String, Object> group(Class<? extends Record> keys, Node node, String path) {
        if (isNothing(node)) {
            return Map.of();
        }
        if (!(node instanceof MappingNode mapping)) {
            throw wrong(node, (path.isEmpty() ? "a recipe" : path.substring(0, path.length() - 1)) + " has keys: "
                    + names(keys) + "; write one 'key: value' a line.");
        }
        Map<String, Object> values = new LinkedHashMap<>();
        Map<String, Integer> lines = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Described key = key(keys, tuple.getKeyNode(), path);
            Integer before = lines.putIfAbsent(key.name(), line(tuple.getKeyNode()));
            if (before != null) {
                throw wrong(tuple.getKeyNode(),
                        "key " + path + key.name() + " is already in line " + before + "; remove one.");
            }
            values.put(key.name(), value(key, tuple.getValueNode(), path + key.name()));
        }
        return values;
    }

    private Described key(Class<? extends Record> keys, Node node, String path) {
        String name = node instanceof ScalarNode scalar ? scalar.getValue() : "";
        List<Described> all = RecipeKeys.of(keys);
        return all.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow(() -> {
            String meant = Nearest.of(name, all.stream().map(Described::name).toList());
            return wrong(node, "there is no key '" + path + name + "'"
                    + (meant.equals(".") ? "; there are " + names(keys) + "." : meant));
        });
    }

    private static String names(Class<? extends Record> keys) {
        return RecipeKeys.of(keys).stream().map(Described::name).collect(Collectors.joining(", "));
    }

    private Object value(Described key, Node node, String path) {
        if (key.isGroup()) {
            return group(key.type().asSubclass(Record.class), node, path + ".");
        }
        if (isNothing(node)) {
            throw wrong(node, path + " has no value; " + ScalarText.rule(key) + ", or leave the key out.");
        }
        Object value = key.isList() ? list(node, path) : scalar(key, node, path);
        Optional<String> broken = Settings.rule(key.setting(), value);
        if (broken.isPresent()) {
            throw wrong(node, path + " is " + shown(value) + "; it " + broken.get() + ".");
        }
        return ScalarText.asJson(value);
    }

    private Object scalar(Described key, Node node, String path) {
        if (!(node instanceof ScalarNode scalar)) {
            throw wrong(node, path + " is not a single value; " + ScalarText.rule(key) + ".");
        }
        return ScalarText.value(key, scalar.getValue()).orElseThrow(
                () -> wrong(node, path + " is '" + scalar.getValue() + "'; " + ScalarText.rule(key) + "."));
    }

    private List<String> list(Node node, String path) {
        List<String> texts = new ArrayList<>();
        List<Node> entries = node instanceof SequenceNode sequence ? sequence.getValue() : List.of(node);
        for (Node entry : entries) {
            if (!(entry instanceof ScalarNode scalar)) {
                throw wrong(entry, path + " has an entry that is not text; write a list as [one, two].");
            }
            texts.add(scalar.getValue());
        }
        return texts;
    }

    private static String shown(Object value) {
        return value instanceof List<?> ? "a list of texts" : "'" + ScalarText.asJson(value) + "'";
    }

    private static boolean isNothing(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    private static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    private RecipeException wrong(Node node, String problem) {
        return new RecipeException(file, line(node), problem);
    }
}
