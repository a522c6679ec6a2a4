package dev.apprentice.inference.models;

import dev.apprentice.model.generation.TextListener;

/** Passes a text on without the white space at its ends. All pieces together are the stripped text. */
final class StrippedText implements TextListener {

    private final TextListener next;

    /** White space that is dropped if no text follows it. */
    private final StringBuilder held = new StringBuilder();

    private boolean begun;

    StrippedText(TextListener next) {
        this.next = next;
    }

    @Override
    public boolean onText(int row, String text) {
        String more = begun ? held + text : text.stripLeading();
        held.setLength(0);
        String certain = more.stripTrailing();
        held.append(more, certain.length(), more.length());
        begun |= !certain.isEmpty();
        return certain.isEmpty() || next.onText(row, certain);
    }
}
