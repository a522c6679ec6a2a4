package dev.apprentice.model.training.batch;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * A prefix tree of token sequences: sequences share the nodes of their common beginnings. Nodes are numbered in the order of
 * insertion.
 */
final class PrefixTree {

    /** The parent of first tokens. A sequence that must share nothing gets a parent of its own, with a number below this. */
    static final int ROOT = -1;

    private final Map<Long, Integer> nodes;
    private final long[] parents;
    private final long[] tokens;

    /** @param capacity the most nodes it can hold */
    PrefixTree(int capacity) {
        nodes = new HashMap<>(2 * capacity);
        parents = new long[capacity];
        tokens = new long[capacity];
    }

    /** Returns the child of a parent for a token; adds a node with the number {@link #size()} if there is none. */
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

    /** Returns each node's parent. */
    long[] parents() {
        return Arrays.copyOf(parents, size());
    }

    /** Returns each node's token. */
    long[] tokens() {
        return Arrays.copyOf(tokens, size());
    }
}
