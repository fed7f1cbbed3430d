package io.github.costwise.advisor;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ChatModel;

import io.github.costwise.faults.Faults;

/**
 * Finds which servers chat models ask. A model that asks another one asks the server of
 * that one. What a model holds for good is remembered; which models it asks is read each
 * time. Thread-safe.
 */
final class ModelAddresses {

	/** How many models that ask each other are looked at. */
	static final int DEEPEST = 3;

	/** Stands between the servers of a model that asks several. */
	static final String BETWEEN = "\n\n";

	/** What is remembered of a model that has no address. */
	private static final String NONE = "";

	private static final int MOST_REPORTED = 100;

	private static final ClassValue<Boolean> FIXED = new ClassValue<>() {

		@Override
		protected Boolean computeValue(Class<?> type) {
			return isFixed(type);
		}

	};

	private final Set<String> reported = ConcurrentHashMap.newKeySet();

	private final KnownModels known = new KnownModels();

	private final List<ModelServer> servers;

	private final Faults faults;

	ModelAddresses(List<ModelServer> servers, Faults faults) {
		this.servers = List.copyOf(servers);
		this.faults = faults;
	}

	/** Returns where a model asks, or {@code null} where that is not known. */
	@Nullable String of(ChatModel model, boolean streamed) {
		return of(model, streamed, DEEPEST);
	}

	private @Nullable String of(ChatModel model, boolean streamed, int deep) {
		String address = own(new TerminalModel(model, streamed));
		if (address != null || deep == 0) {
			return address;
		}
		List<String> behind = new ArrayList<>();
		for (ChatModel other : delegates(model)) {
			String server = of(other, streamed, deep - 1);
			if (server != null) {
				behind.add(server);
			}
		}
		return behind.isEmpty() ? null : String.join(BETWEEN, behind);
	}

	/** The models that a model asks now. */
	List<ChatModel> delegates(ChatModel model) {
		try {
			return DelegateModels.of(model);
		}
		catch (RuntimeException | LinkageError ex) {
			report(model, ex);
			return List.of();
		}
	}

	/**
	 * Counts what cannot be read, once for each class, since it is read at each request.
	 */
	void report(ChatModel model, Throwable cause) {
		if (this.reported.size() < MOST_REPORTED && this.reported.add(model.getClass().getName())) {
			this.faults.report(Faults.Kind.CHAT_MODEL, cause);
		}
	}

	private @Nullable String own(TerminalModel asked) {
		String address = this.known.get(asked);
		if (address == null) {
			address = read(asked);
			if (address != null && FIXED.get(asked.model().getClass())) {
				this.known.put(asked, address);
			}
		}
		return NONE.equals(address) ? null : address;
	}

	/** Returns the address, {@link #NONE}, or {@code null} where reading failed. */
	private @Nullable String read(TerminalModel asked) {
		for (ModelServer server : this.servers) {
			try {
				String address = server.address(asked.model(), asked.streamed());
				if (address != null) {
					return address;
				}
			}
			catch (RuntimeException | LinkageError ex) {
				report(asked.model(), ex);
				return null;
			}
		}
		return NONE;
	}

	/** Whether the fields that an address is read from always hold the same. */
	private static boolean isFixed(Class<?> type) {
		try {
			for (Class<?> own = type; own != null
					&& !own.getName().startsWith(ModelIdentities.SPRING_AI); own = own.getSuperclass()) {
				if (Arrays.stream(own.getDeclaredFields()).anyMatch(ModelAddresses::mayChange)) {
					return false;
				}
			}
			return true;
		}
		catch (LinkageError ex) {
			return false;
		}
	}

	private static boolean mayChange(Field field) {
		return SpringModelServer.leadsOn(field) && !(Modifier.isFinal(field.getModifiers())
				&& field.getType().getName().startsWith("org.springframework."));
	}

}
