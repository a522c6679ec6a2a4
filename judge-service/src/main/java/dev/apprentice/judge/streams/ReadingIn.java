package dev.apprentice.judge.streams;

import java.util.Locale;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/** Says how far a copy of whole topics has come that is made anew; of millions of records that takes minutes. */
final class ReadingIn implements StateRestoreListener {

    private final Consumer<String> told;
    private long records;

    /** @param told gets what is being done in words, to follow what does it */
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
        told.accept(String.format(Locale.ROOT, " reads in what Kafka holds, %,d records so far", records));
    }
}
