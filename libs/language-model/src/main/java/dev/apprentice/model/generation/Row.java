package dev.apprentice.model.generation;

import java.util.Arrays;

/** A prompt on its way to being continued. */
final class Row {

    private final int prompt;
    private final int[] ids;
    private int length;
    private Generated.Reason reason;

    /**
     * @param prompt its tokens
     * @param mostNew new tokens it may get
     */
    Row(int[] prompt, int mostNew) {
        this.prompt = prompt.length;
        this.ids = Arrays.copyOf(prompt, prompt.length + mostNew);
        this.length = prompt.length;
    }

    void append(int id, GenerationSettings settings) {
        if (settings.stopIds().contains(id)) {
            reason = Generated.Reason.STOP;
            return;
        }
        ids[length++] = id;
        if (length == ids.length) {
            reason = Generated.Reason.LENGTH;
        }
    }

    boolean finished() {
        return reason != null;
    }

    int promptLength() {
        return prompt;
    }

    /** Tokens that it can have at most. */
    int capacity() {
        return ids.length;
    }

    int id(int position) {
        return ids[position];
    }

    int lastId() {
        return ids[length - 1];
    }

    int lastPosition() {
        return length - 1;
    }

    Generated result() {
        return new Generated(Arrays.copyOfRange(ids, prompt, length), reason);
    }
}
