package dev.apprentice.judge.streams;

import java.util.Locale;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/** Reports the progress of rebuilding a copy of whole topics, which takes minutes for millions of records. */
final class ReadingIn implements StateRestoreListener {

    private final Consumer<String> told;
    private long records;

    /** @param told receives what is being done, as a text that follows the name of the topology */
    ReadingIn(Consumer<String> told) {
        this.told = told;
    }

    @Override
    public void onRestoreStart(TopicPartition partition, String store, long startingOffset, long endingOffset) {
        tell();
    }

    @Override
    public void onBatchRestored(TopicPartition partition, String store, long endOffset, long restored) {
        records += restored;
        tell();
    }

    @Override
    public void onRestoreEnd(TopicPartition partition, String store, long restored) {
        tell();
    }

    private void tell() {
        told.accept(String.format(Locale.ROOT, " is reading the topics, %,d records so far", records));
    }
}
