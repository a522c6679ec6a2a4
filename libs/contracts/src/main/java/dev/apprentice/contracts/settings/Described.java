package dev.apprentice.contracts.settings;

import dev.apprentice.contracts.run.DataSource.Source;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;

/** A setting and what is known of it. */
public final class Described {

    private final RecordComponent component;
    private final Setting setting;
    private final Class<?> type;

    Described(RecordComponent component) {
        this.component = component;
        this.setting = component.getAnnotation(Setting.class);
        this.type = type(component.getGenericType());
    }

    /** As in the run's JSON. */
    public String name() {
        return component.getName();
    }

    /** Its value's type, whether there must be one or not. */
    public Class<?> type() {
        return type;
    }

    /** What the record says of it. */
    public Setting setting() {
        return setting;
    }

    /** Whether it holds further settings. */
    public boolean isGroup() {
        return type.isRecord();
    }

    /** Whether its option stands for true and takes no value. */
    public boolean isFlag() {
        return type == Boolean.class;
    }

    /** Whether its option takes several values, separated by commas. */
    public boolean isList() {
        return type == List.class;
    }

    /** Whether it must be given, seen from a record in which nothing is. */
    public boolean isRequired(Record unsaid) {
        return in(unsaid).isEmpty() && setting.unset().isEmpty();
    }

    /** Its value in a record, if it has one there. */
    public Optional<Object> in(Record record) {
        Object value;
        try {
            value = component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the record component " + component + " cannot be read", e);
        }
        return value instanceof Optional<?> optional ? optional.map(Object.class::cast) : Optional.ofNullable(value);
    }

    /** Whether it is of runs that learn from such a source. */
    public boolean isOf(Source source) {
        return List.of(setting.of()).contains(source);
    }

    private static Class<?> type(Type declared) {
        if (declared instanceof ParameterizedType generic) {
            return generic.getRawType() == Optional.class
                    ? type(generic.getActualTypeArguments()[0])
                    : (Class<?>) generic.getRawType();
        }
        return MethodType.methodType((Class<?>) declared).wrap().returnType();
    }

    @Override
    public String toString() {
        return name();
    }
}
