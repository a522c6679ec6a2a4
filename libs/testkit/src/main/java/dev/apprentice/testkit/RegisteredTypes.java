package dev.apprentice.testkit;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.BeanPropertyWriter;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import dev.apprentice.contracts.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes JSON mappers fail for any type of this project that is not registered for a native image, where it would fail, too.
 *
 * <p>This is a Jackson module for the mappers of a service under test.
 */
public final class RegisteredTypes extends SimpleModule {

    private static final String OURS = "dev.apprentice.";

    private final transient Set<String> registered = new HashSet<>();

    /** Reads the registered types. @param modules the modules that register them, such as {@code contracts} */
    public RegisteredTypes(List<String> modules) {
        super("registered types");
        for (String module : modules) {
            String file = "META-INF/native-image/dev.apprentice/" + module + "/reflect-config.json";
            try (InputStream json = Thread.currentThread().getContextClassLoader().getResourceAsStream(file)) {
                new ObjectMapper().readTree(json).forEach(entry -> registered.add(entry.path("name").asText()));
            } catch (IOException e) {
                throw new UncheckedIOException(file, e);
            }
        }
        setSerializerModifier(new BeanSerializerModifier() {
            @Override
            public List<BeanPropertyWriter> changeProperties(
                    SerializationConfig config, BeanDescription type, List<BeanPropertyWriter> properties) {
                check(type.getBeanClass());
                return properties;
            }
        });
        setDeserializerModifier(new BeanDeserializerModifier() {
            @Override
            public List<BeanPropertyDefinition> updateProperties(
                    DeserializationConfig config, BeanDescription type, List<BeanPropertyDefinition> properties) {
                check(type.getBeanClass());
                return properties;
            }
        });
    }

    /** Adds this check to the mapper and to {@link Json#MAPPER}. */
    public void watch(ObjectMapper mapper) {
        mapper.registerModule(this);
        Json.MAPPER.registerModule(this);
    }

    private void check(Class<?> type) {
        if (type.getName().startsWith(OURS) && !registered.contains(type.getName())) {
            throw new IllegalStateException(type.getName() + " is read or written as JSON and is not registered for a native image; see"
                    + " NativeReflectionTest");
        }
    }
}
