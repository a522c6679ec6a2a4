package dev.apprentice.model.hub;

import dev.apprentice.model.ModelException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A repository on the hub, written {@code hf:organisation/name} or {@code hf:organisation/name@revision}.
 *
 * @param kind what it holds
 * @param repository {@code organisation/name}; a few old models have a name only
 * @param revision a branch, a tag or a commit
 */
public record HubReference(Kind kind, String repository, String revision) {

    public static final String PREFIX = "hf:";

    /** What a repository holds. */
    public enum Kind {
        MODEL("model", ""),
        DATASET("dataset", "datasets/");

        private final String word;
        private final String path;

        /** @param path what the address of such a repository begins with, behind the hub's own */
        Kind(String word, String path) {
            this.word = word;
            this.path = path;
        }

        /** As people call it. */
        String word() {
            return word;
        }

        /** What the API and the cache call all of them. */
        String plural() {
            return word + "s";
        }
    }

    static final String MAIN = "main";

    private static final String NAME = "[A-Za-z0-9_](?:[\\w.-]*[\\w])?";
    private static final Pattern REFERENCE =
            Pattern.compile(PREFIX + "(" + NAME + "(?:/" + NAME + ")?)(?:@([\\w][\\w./-]*))?");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

    /** @throws ModelException if the location is not written like that */
    public static HubReference parse(String location) {
        Matcher matcher = REFERENCE.matcher(location);
        if (!matcher.matches() || location.contains("..") || matcher.group(1).contains("--")) {
            throw new ModelException("'" + location + "' is no model on the hub; write hf:organisation/name or"
                    + " hf:organisation/name@revision, such as hf:openai-community/gpt2");
        }
        return new HubReference(matcher.group(1), matcher.group(2) == null ? MAIN : matcher.group(2));
    }

    /** A model. */
    public HubReference(String repository, String revision) {
        this(Kind.MODEL, repository, revision);
    }

    /** The path of its page at the hub. */
    String path() {
        return kind.path + repository;
    }

    /** What a folder holds, with the commit as its revision, if it is one that a model was fetched into. */
    public static Optional<HubReference> of(Path folder) {
        return HubCache.referenceOf(folder);
    }

    /** Whether the revision names one state of the repository for ever. */
    boolean isCommit() {
        return COMMIT.matcher(revision).matches();
    }

    @Override
    public String toString() {
        return PREFIX + repository + (revision.equals(MAIN) ? "" : "@" + revision);
    }
}
