package io.github.costwise.advisor;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.core.ResolvableType;
import org.springframework.util.ReflectionUtils;

/**
 * Finds the chat models that a chat model of the application asks in its turn. They may
 * be others at each call, so that they are read for each call.
 */
final class DelegateModels {

	private static final List<Class<?>> HOLDERS = List.of(AtomicReference.class, Collection.class, Map.class);

	private static final ClassValue<List<Field>> FIELDS = new ClassValue<>() {

		@Override
		protected List<Field> computeValue(Class<?> type) {
			List<Field> found = new ArrayList<>();
			ReflectionUtils.doWithFields(type, found::add,
					(field) -> mayHold(field) && !Modifier.isStatic(field.getModifiers()) && field.trySetAccessible());
			return List.copyOf(found);
		}

	};

	private DelegateModels() {
	}

	/**
	 * Returns the models in the fields of a model that can be read, and in their
	 * references and collections, in a stable order.
	 */
	static List<ChatModel> of(ChatModel model) {
		List<ChatModel> found = new ArrayList<>();
		for (Field field : FIELDS.get(model.getClass())) {
			for (Object value : held(ReflectionUtils.getField(field, model))) {
				ChatModel behind = (value instanceof ChatModel held) ? ProxiedModel.target(held) : null;
				if (behind != null && behind != model) {
					found.add(behind);
				}
			}
		}
		return found;
	}

	private static Collection<? extends @Nullable Object> held(@Nullable Object value) {
		if (value instanceof AtomicReference<?> reference) {
			return Arrays.asList(reference.get());
		}
		if (value instanceof Map<?, ?> map) {
			return map.entrySet()
				.stream()
				.sorted(Comparator.comparing((entry) -> String.valueOf(entry.getKey())))
				.map(Map.Entry::getValue)
				.toList();
		}
		return (value instanceof Collection<?> collection) ? List.copyOf(collection) : Arrays.asList(value);
	}

	private static boolean mayHold(Field field) {
		Class<?> type = field.getType();
		return ChatModel.class.isAssignableFrom(type)
				|| (HOLDERS.stream().anyMatch((holder) -> holder.isAssignableFrom(type))
						&& Arrays.stream(ResolvableType.forField(field).getGenerics())
							.anyMatch((generic) -> ChatModel.class.isAssignableFrom(generic.toClass())));
	}

}
