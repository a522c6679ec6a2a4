package dev.apprentice.judge.responses;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * A record's value as it is kept, behind the record's place in its topic.
 *
 * <pre>
 * 1 | partition (4 bytes) | offset (8 bytes) | value
 * </pre>
 *
 * Earlier versions kept the value alone: of those the place is not known. They began with no 1, as JSON does not.
 */
final class Placed {

    private static final byte MARK = 1;
    private static final int PARTITION_AT = 1;
    private static final int OFFSET_AT = PARTITION_AT + Integer.BYTES;
    private static final int VALUE_AT = OFFSET_AT + Long.BYTES;

    private Placed() {}

    /** What is to be kept of a value that was read there. */
    static byte[] at(int partition, long offset, byte[] value) {
        return ByteBuffer.allocate(VALUE_AT + value.length).put(MARK).putInt(partition).putLong(offset).put(value).array();
    }

    /** The value of what was kept; null for null. */
    static byte[] value(byte[] kept) {
        return isPlaced(kept) ? Arrays.copyOfRange(kept, VALUE_AT, kept.length) : kept;
    }

    /** Whether a topic no longer has the record that was kept. */
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
