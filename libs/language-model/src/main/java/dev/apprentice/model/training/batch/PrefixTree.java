package dev.apprentice.model.training.batch;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Sequences of tokens, of which those that begin alike share their beginning. Its nodes are numbered as they come. */
final class PrefixTree {

    /** The parent of first tokens. Sequences that are to share nothing have parents below it, each its own. */
    static final int ROOT = -1;

    private final Map<Long, Integer> nodes;
    private final long[] parents;
    private final long[] tokens;

    /** @param capacity nodes it can hold at most */
    PrefixTree(int capacity) {
        nodes = new HashMap<>(2 * capacity);
        parents = new long[capacity];
        tokens = new long[capacity];
    }

    /** The node for this token behind that parent; a new one, numbered {@link #size()}, if there is none yet. */
    int child(int parent, int token) {
        int next = nodes.size();
        Integer node = nodes.putIfAbsent((long) parent << Integer.SIZE | token, next);
        if (node != null) {
            return node;
        }
        parents[next] = parent;
        tokens[next] = token;
        return next;
    }

    int size() {
        return nodes.size();
    }

    /** Of each node. */
    long[] parents() {
        return Arrays.copyOf(parents, size());
    }

    /** Of each node. */
    long[] tokens() {
        return Arrays.copyOf(tokens, size());
    }
}
