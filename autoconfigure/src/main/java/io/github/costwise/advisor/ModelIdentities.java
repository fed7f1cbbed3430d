package io.github.costwise.advisor;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.client.advisor.api.Advisor;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.aop.SpringProxy;

import io.github.costwise.cache.partition.ModelIdentity;
import io.github.costwise.cache.partition.ModelIdentity.Place;
import io.github.costwise.cache.partition.ModelIdentity.Server;
import io.github.costwise.faults.Faults;

/**
 * Tells the chat models behind clients from each other. What is found out about a model
 * is remembered for as long as the model is, unless it may ask another one the next time.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class ModelIdentities {

	private static final Log logger = LogFactory.getLog(ModelIdentities.class);

	private static final int MOST_REPORTED = 100;

	/** Whose models have no settings but server, model and options. */
	static final String SPRING_AI = "org.springframework.ai.";

	private final Set<String> reported = ConcurrentHashMap.newKeySet();

	private final KnownModels known = new KnownModels();

	private final KnownModels named = new KnownModels();

	private final KnownModels asked = new KnownModels();

	private final Function<ChatModel, @Nullable String> beans;

	private final ModelAddresses addresses;

	private final Naming naming;

	private final Faults faults;

	/**
	 * Creates an instance.
	 * @param beans finds the name of the bean that a chat model is
	 * @param servers read which server a chat model asks; the first that knows it tells
	 * @param naming what the application says
	 * @param faults told when a model cannot be read
	 */
	public ModelIdentities(Function<ChatModel, @Nullable String> beans, List<ModelServer> servers, Naming naming,
			Faults faults) {
		this.beans = beans;
		this.addresses = new ModelAddresses(servers, faults);
		this.naming = naming;
		this.faults = faults;
	}

	/**
	 * Returns what tells the model behind a client from others.
	 * @param advisors the chain of the client
	 * @return 64 hexadecimal digits, or {@code null} when nothing does
	 */
	@Nullable String of(List<? extends Advisor> advisors) {
		TerminalModel terminal = terminal(advisors);
		if (terminal == null) {
			report(advisors.isEmpty() ? "nothing" : advisors.get(advisors.size() - 1).getClass().getName());
			return null;
		}
		String identity = this.known.get(terminal);
		if (identity == null) {
			identity = found(terminal);
		}
		return identity;
	}

	/**
	 * Returns the bean behind a client.
	 * @param advisors the chain of the client
	 * @return its name, or {@code null} when the model is no bean or cannot be read
	 */
	@Nullable String bean(List<? extends Advisor> advisors) {
		TerminalModel terminal = terminal(advisors);
		return (terminal != null) ? bean(terminal.model()) : null;
	}

	/**
	 * Looking for a bean takes its time, and may make one, which may fail. One that was
	 * found keeps its name.
	 */
	private @Nullable String bean(ChatModel model) {
		TerminalModel key = new TerminalModel(model, false);
		String known = this.named.get(key);
		if (known != null) {
			return known;
		}
		try {
			String found = this.beans.apply(model);
			if (found != null) {
				this.named.put(key, found);
			}
			return found;
		}
		catch (RuntimeException ex) {
			this.faults.report(Faults.Kind.CHAT_MODEL, ex);
			return null;
		}
	}

	/**
	 * Returns what tells the model of a bean from others.
	 * @param bean name of the bean
	 * @param model the bean
	 * @return a text
	 */
	public String of(String bean, ChatModel model) {
		return identify(bean, new TerminalModel(model, false)) + identify(bean, new TerminalModel(model, true));
	}

	private @Nullable TerminalModel terminal(List<? extends Advisor> advisors) {
		try {
			return TerminalModel.of(advisors);
		}
		catch (RuntimeException ex) {
			this.faults.report(Faults.Kind.CHAT_MODEL, ex);
			return null;
		}
	}

	private @Nullable String found(TerminalModel terminal) {
		String identity = identify(bean(terminal.model()), terminal);
		if (identity == null) {
			report(terminal.model().getClass().getName());
		}
		else if (isSettled(terminal.model())) {
			this.known.put(terminal, identity);
		}
		return identity;
	}

	/**
	 * Whether what is found out about a model stays true: neither a proxy nor a model of
	 * the application, which may both ask another one the next time.
	 */
	private static boolean isSettled(ChatModel model) {
		return !(model instanceof SpringProxy) && model.getClass().getName().startsWith(SPRING_AI);
	}

	private @Nullable String identify(@Nullable String bean, TerminalModel terminal) {
		Place place = new Place((bean != null) ? this.naming.identities().get(bean) : null, bean,
				this.naming.application());
		if (place.named() != null) {
			return ModelIdentity.of(place, new Server("", null, null));
		}
		ChatModel model = ProxiedModel.target(terminal.model());
		if (model == null) {
			return null;
		}
		String client = ClientName.of(model.getClass());
		boolean plain = bean != null || client.startsWith(SPRING_AI);
		String address = plain ? this.addresses.of(model, terminal.streamed()) : null;
		boolean elsewhereEachTime = address == null && ProxiedModel.changes(terminal.model());
		String asked = plain ? behind(model, ModelAddresses.DEEPEST) : "";
		return elsewhereEachTime ? null : ModelIdentity.of(place, new Server(client + asked, address, name(model)));
	}

	/**
	 * The models that a model asks: by bean, class and name, since one server has many.
	 */
	private String behind(ChatModel model, int deep) {
		StringBuilder text = new StringBuilder();
		for (ChatModel other : (deep > 0) ? this.addresses.delegates(model) : List.<ChatModel>of()) {
			text.append("\n(")
				.append(asked(other))
				.append('\n')
				.append(ClientName.of(other.getClass()))
				.append('\n')
				.append(name(other))
				.append(behind(other, deep - 1))
				.append(')');
		}
		return text.toString();
	}

	/** Most of them are no beans, which is found out once. */
	private String asked(ChatModel delegate) {
		TerminalModel key = new TerminalModel(delegate, false);
		String known = this.asked.get(key);
		if (known == null) {
			known = Objects.requireNonNullElse(bean(delegate), "");
			this.asked.put(key, known);
		}
		return known;
	}

	private @Nullable String name(ChatModel model) {
		try {
			return model.getOptions().getModel();
		}
		catch (RuntimeException ex) {
			this.addresses.report(model, ex);
			return null;
		}
	}

	private void report(String what) {
		if (this.reported.size() < MOST_REPORTED && this.reported.add(what)) {
			logger.warn("Costwise: the response cache is bypassed for clients that end with " + what
					+ ", since nothing tells which server and which model answer. Declare that ChatModel as a bean; "
					+ "where another bean answers in its place, name who answers in 'costwise.chat.identities.<bean>'");
		}
	}

	/**
	 * What the application says of its chat models. Immutable.
	 *
	 * @param identities who answers, by the name of the bean
	 * @param application name of the application, possibly empty
	 * @since 0.1.0
	 */
	public record Naming(Map<String, String> identities, String application) {

		/** Creates an instance. */
		public Naming {
			identities = Map.copyOf(identities);
		}

	}

}
