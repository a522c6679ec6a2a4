package dev.apprentice.judge.streams;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.CompressionType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;

/**
 * Limits the memory of RocksDB: its defaults reserve up to 100 MB of native memory for each store and partition, and a service
 * may have a dozen of them. Texts and JSON are stored compressed.
 */
public class SmallStores implements RocksDBConfigSetter {

    private static final long CACHE_BYTES = 4L << 20;
    private static final long WRITE_BUFFER_BYTES = 2L << 20;

    private Cache cache;

    @Override
    public void setConfig(String store, Options options, Map<String, Object> configuration) {
        cache = new LRUCache(CACHE_BYTES);
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(cache);
        options.setTableFormatConfig(table);
        options.setWriteBufferSize(WRITE_BUFFER_BYTES);
        options.setCompressionType(CompressionType.LZ4_COMPRESSION);
    }

    @Override
    public void close(String store, Options options) {
        cache.close();
    }
}
