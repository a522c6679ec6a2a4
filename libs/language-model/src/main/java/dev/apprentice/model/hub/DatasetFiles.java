package dev.apprentice.model.hub;

import dev.apprentice.model.ModelException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The Parquet files of one split of a dataset on the hub.
 *
 * <pre>
 * data/train-00000-of-00002.parquet      split train of the only configuration
 * french/test-00000-of-00001.parquet     split test of configuration french
 * french/test/0000.parquet               likewise, as the hub converts it in refs/convert/parquet
 * </pre>
 *
 * @param config the configuration; or the split, if no split is given
 * @param split the split, if both are given
 * @see <a href="https://huggingface.co/docs/hub/datasets-file-names-and-splits">file names and splits</a>
 */
record DatasetFiles(Optional<String> config, Optional<String> split) implements FileChoice {

    /** The branch in which the hub stores its conversions. */
    static final String CONVERTED = "refs/convert/parquet";

    private static final String USUAL_CONFIG = "default";
    private static final String USUAL_SPLIT = "train";
    private static final Pattern PARQUET = Pattern.compile("(?!.*\\.\\.)(?:([\\w.=-]+(?:/[\\w.=-]+)*)/)?([\\w.=-]+)\\.parquet");
    private static final Pattern SHARD = Pattern.compile("(.+)-\\d{1,6}-of-(\\d{1,6})(?:-[0-9a-f]+)?");
    private static final Pattern NUMBER = Pattern.compile("\\d{4,6}");
    private static final Map<String, Pattern> USUAL_WORDS = Map.of(
            USUAL_SPLIT, word("train|training"), "validation", word("validation|valid|val|dev"),
            "test", word("test|testing|eval|evaluation"));

    private static Pattern word(String words) {
        return Pattern.compile("(?i)(?:.*[^a-z])?(?:" + words + ")(?:[^a-z].*)?");
    }

    /**
     * A Parquet file.
     *
     * @param shards the number of files of the split; empty if the name does not say
     * @param number the file's number, if the split's files are numbered
     */
    private record Part(String name, String config, String split, Optional<Integer> shards, Optional<Integer> number) {

        static Optional<Part> of(String name) {
            Matcher path = PARQUET.matcher(name);
            if (!path.matches()) {
                return Optional.empty();
            }
            String folder = path.group(1) == null ? "" : path.group(1);
            String file = path.group(2);
            if (NUMBER.matcher(file).matches() && folder.contains("/")) {
                int slash = folder.lastIndexOf('/');
                return Optional.of(new Part(name, folder.substring(0, slash), folder.substring(slash + 1), Optional.empty(),
                        Optional.of(Integer.valueOf(file))));
            }
            Matcher shard = SHARD.matcher(file);
            boolean isShard = shard.matches();
            Optional<String> known = usualSplit(file).or(() -> usualSplit(folder.replace('/', '-')));
            String split = isShard ? shard.group(1) : known.orElse(USUAL_SPLIT);
            String first = folder.replaceFirst("/.*", "");
            boolean isConfig = !first.isEmpty() && !first.equals("data") && usualSplit(first).isEmpty();
            return Optional.of(new Part(name, isConfig ? first : USUAL_CONFIG, split,
                    isShard ? Optional.of(Integer.valueOf(shard.group(2))) : Optional.empty(), Optional.empty()));
        }

        private static Optional<String> usualSplit(String text) {
            return USUAL_WORDS.entrySet().stream()
                    .filter(word -> word.getValue().matcher(text).matches())
                    .map(Map.Entry::getKey)
                    .findFirst();
        }
    }

    /** Returns the last file first. So if the first file is in the cache, all others are too. */
    @Override
    public List<String> select(HubReference reference, List<String> files) {
        List<Part> parts = parts(files);
        if (parts.isEmpty()) {
            if (reference.revision().equals(HubReference.MAIN)) {
                return List.of();
            }
            throw new ModelException(reference + " has no Parquet files; omit the revision to use the hub's Parquet conversion,"
                    + " or download the files and name them");
        }
        return chosen(HubReference.PREFIX + reference.repository(), parts).stream()
                .map(Part::name)
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    @Override
    public boolean complete(List<String> files) {
        List<Part> chosen;
        try {
            chosen = chosen("", parts(files));
        } catch (ModelException e) { // not even one file of it
            return false;
        }
        Part any = chosen.get(0);
        return any.shards().map(all -> all == chosen.size()).orElse(true)
                && chosen.stream().flatMap(part -> part.number().stream()).allMatch(number -> number < chosen.size());
    }

    private static List<Part> parts(List<String> files) {
        return files.stream().flatMap(file -> Part.of(file).stream()).toList();
    }

    private List<Part> chosen(String dataset, List<Part> parts) {
        List<String> configs = parts.stream().map(Part::config).distinct().sorted().toList();
        boolean isSplit = config.isPresent() && split.isEmpty() && !configs.contains(config.get());
        String configuration = isSplit || config.isEmpty() ? onlyOr(configs, USUAL_CONFIG) : config.get();
        if (!configs.contains(configuration)) {
            throw new ModelException(dataset + (config.isEmpty() || isSplit
                    ? " has several configurations" + (isSplit ? ", none of them called '" + config.get() + "'" : "")
                    : " has no configuration '" + configuration + "'")
                    + "; it has " + shown(configs) + ": name one, as in " + dataset + ":" + configs.get(0) + "/" + USUAL_SPLIT);
        }
        List<Part> ofConfig = parts.stream().filter(part -> part.config().equals(configuration)).toList();
        List<String> splits = ofConfig.stream().map(Part::split).distinct().sorted().toList();
        String wanted = split.or(() -> isSplit ? config : Optional.empty()).orElse(onlyOr(splits, USUAL_SPLIT));
        if (!splits.contains(wanted)) {
            throw new ModelException(dataset + " has no split '" + wanted + "'; it has " + shown(splits) + ": name one, as in "
                    + dataset + ":" + configuration + "/" + splits.get(0));
        }
        return ofConfig.stream().filter(part -> part.split().equals(wanted)).toList();
    }

    /**
     * Returns the only name, or else the usual one. A split that begins with "partial-" is only partly converted by the hub, so it
     * must be requested by name.
     */
    private static String onlyOr(List<String> names, String usual) {
        return names.size() == 1 && !names.get(0).startsWith("partial-") ? names.get(0) : usual;
    }

    private static String shown(List<String> names) {
        int most = 20;
        return names.stream().limit(most).collect(Collectors.joining(", ")) + (names.size() > most ? " and others" : "");
    }
}
