package dev.apprentice.judge.responses;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * A stored value of a record, preceded by the record's partition and offset.
 *
 * <pre>
 * 1 | partition (4 bytes) | offset (8 bytes) | value
 * </pre>
 *
 * Earlier versions stored the value alone, so its partition and offset are unknown. Such a value never begins with the byte 1,
 * since JSON does not.
 */
final class Placed {

    private static final byte MARK = 1;
    private static final int PARTITION_AT = 1;
    private static final int OFFSET_AT = PARTITION_AT + Integer.BYTES;
    private static final int VALUE_AT = OFFSET_AT + Long.BYTES;

    private Placed() {}

    /** Returns the bytes to store for a value that was read there. */
    static byte[] at(int partition, long offset, byte[] value) {
        return ByteBuffer.allocate(VALUE_AT + value.length).put(MARK).putInt(partition).putLong(offset).put(value).array();
    }

    /** Returns the value in stored bytes; null for null. */
    static byte[] value(byte[] kept) {
        return isPlaced(kept) ? Arrays.copyOfRange(kept, VALUE_AT, kept.length) : kept;
    }

    /** Tells whether a topic no longer has the record that was stored. */
    static boolean isGone(byte[] kept, String topic, Map<TopicPartition, Long> firstOffsets) {
        if (!isPlaced(kept)) {
            return false;
        }
        ByteBuffer bytes = ByteBuffer.wrap(kept);
        Long first = firstOffsets.get(new TopicPartition(topic, bytes.getInt(PARTITION_AT)));
        return first != null && bytes.getLong(OFFSET_AT) < first;
    }

    private static boolean isPlaced(byte[] kept) {
        return kept != null && kept.length >= VALUE_AT && kept[0] == MARK;
    }
}
