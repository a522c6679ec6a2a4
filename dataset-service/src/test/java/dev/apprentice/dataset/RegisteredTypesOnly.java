package dev.apprentice.dataset;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.apprentice.testkit.RegisteredTypes;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.util.List;

/** Fails each test of the whole service in which a type becomes JSON that a native image would not know. */
@Singleton
class RegisteredTypesOnly implements ObjectMapperCustomizer {

    @Override
    public void customize(ObjectMapper mapper) {
        new RegisteredTypes(List.of("contracts", "prompts", "service-kit", "dataset-service")).watch(mapper);
    }
}
