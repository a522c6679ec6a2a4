package dev.apprentice.contracts.settings;

import dev.apprentice.contracts.run.DataSource.Source;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;

/** A setting with its description. */
public final class Described {

    private final RecordComponent component;
    private final Setting setting;
    private final Class<?> type;

    Described(RecordComponent component) {
        this.component = component;
        this.setting = component.getAnnotation(Setting.class);
        this.type = type(component.getGenericType());
    }

    /** Returns its name in the run's JSON. */
    public String name() {
        return component.getName();
    }

    /** Returns the type of its value; of an optional setting, the type inside the {@code Optional}. */
    public Class<?> type() {
        return type;
    }

    /** Returns its annotation. */
    public Setting setting() {
        return setting;
    }

    /** Tells whether it is a group of settings. */
    public boolean isGroup() {
        return type.isRecord();
    }

    /** Tells whether its option is a flag, which takes no value. */
    public boolean isFlag() {
        return type == Boolean.class;
    }

    /** Tells whether its option takes several values, separated by commas. */
    public boolean isList() {
        return type == List.class;
    }

    /** Tells whether it is required: whether a record made without settings lacks it. */
    public boolean isRequired(Record unsaid) {
        return in(unsaid).isEmpty() && setting.unset().isEmpty();
    }

    /** Returns its value in a record; empty if it has none there. */
    public Optional<Object> in(Record record) {
        Object value;
        try {
            value = component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the record component " + component + " cannot be read", e);
        }
        return value instanceof Optional<?> optional ? optional.map(Object.class::cast) : Optional.ofNullable(value);
    }

    /** Tells whether runs that learn from such a source have it. */
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
