package io.github.costwise.cache.partition;

import org.jspecify.annotations.Nullable;

/**
 * Decides what tells a chat model from others. What the application calls it goes first.
 * Otherwise it is the bean together with the server and the model there. Where the server
 * is not known, the application stands for it; where there is no bean, server and model
 * must both be known.
 *
 * @since 0.1.0
 */
public final class ModelIdentity {

	private ModelIdentity() {
	}

	/**
	 * Returns what tells a chat model from others.
	 * @param place where it was found
	 * @param server what it asks
	 * @return 64 hexadecimal digits, or {@code null} when nothing tells it from others
	 */
	public static @Nullable String of(Place place, Server server) {
		FieldDigest digest = new FieldDigest();
		if (place.named() != null) {
			return digest.add("named").add(place.named()).toHex();
		}
		if (server.address() == null) {
			return (place.bean() == null) ? null
					: digest.add("bean")
						.add(place.application())
						.add(place.bean())
						.add(server.client())
						.add(server.model())
						.toHex();
		}
		return (place.bean() == null && server.model() == null) ? null
				: digest.add("server")
					.add(place.bean())
					.add(server.client())
					.add(server.address())
					.add(server.model())
					.toHex();
	}

	/**
	 * Where a chat model was found. Immutable.
	 *
	 * @param named what the application calls it, or {@code null}
	 * @param bean name of its bean, or {@code null} when it is none
	 * @param application name of the application, possibly empty
	 * @since 0.1.0
	 */
	public record Place(@Nullable String named, @Nullable String bean, String application) {

	}

	/**
	 * What a chat model asks. Immutable; never to be logged, since the address may hold
	 * secrets.
	 *
	 * @param client name of the class that speaks to the server
	 * @param address where the server is, and what else tells it from others, or
	 * {@code null} when that is not known
	 * @param model the model that is asked for unless a request says otherwise, or
	 * {@code null}
	 * @since 0.1.0
	 */
	public record Server(String client, @Nullable String address, @Nullable String model) {

		@Override
		public String toString() {
			return "Server[client=" + this.client + ", model=" + this.model + "]";
		}

	}

}
