package io.github.costwise.advisor;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.client.advisor.api.Advisor;
import org.springframework.ai.chat.model.ChatModel;

import io.github.costwise.faults.Faults;
import io.github.costwise.text.Parts;

/**
 * Finds the address that a call goes to, which options tell only where the client was
 * made of them. Thread-safe.
 *
 * @since 0.1.0
 */
public final class CallAddresses {

	private final ModelAddresses addresses;

	private final Faults faults;

	/**
	 * Creates an instance.
	 * @param servers read which server a chat model asks; the first that knows it tells
	 * @param faults told when a model cannot be read
	 */
	public CallAddresses(List<ModelServer> servers, Faults faults) {
		this.addresses = new ModelAddresses(servers, faults);
		this.faults = faults;
	}

	/** Returns the base URL that a chain ends at, or {@code null} where none tells. */
	@Nullable String of(List<? extends Advisor> advisors) {
		try {
			TerminalModel terminal = TerminalModel.of(advisors);
			return (terminal != null) ? of(terminal.model(), terminal.streamed()) : null;
		}
		catch (RuntimeException ex) {
			this.faults.report(Faults.Kind.CHAT_MODEL, ex);
			return null;
		}
	}

	/** Returns the base URL that a model asks, or {@code null} where none tells. */
	@Nullable String of(ChatModel model, boolean streamed) {
		ChatModel asked = ProxiedModel.target(model);
		String server = (asked != null) ? this.addresses.of(asked, streamed) : null;
		return (server != null) ? common(server) : null;
	}

	/** The first line of the description of a server is its base URL. */
	static String url(String server) {
		int end = server.indexOf('\n');
		return (end < 0) ? server : server.substring(0, end);
	}

	/** The same of several servers, or {@code null} where they are not at one address. */
	private static @Nullable String common(String servers) {
		Set<String> urls = new HashSet<>();
		for (String server : Parts.of(servers, ModelAddresses.BETWEEN)) {
			urls.add(url(server));
		}
		return (urls.size() == 1) ? urls.iterator().next() : null;
	}

}
