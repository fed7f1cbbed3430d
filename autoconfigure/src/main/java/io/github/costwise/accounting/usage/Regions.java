package io.github.costwise.accounting.usage;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/** Reads the names and addresses of the places where providers process requests. */
final class Regions {

	private static final String OPENAI = ".api.openai.com";

	private static final String VERTEX = "-aiplatform.googleapis.com";

	private static final String VERTEX_PLACE = "aiplatform.";

	private static final String VERTEX_PLACES = ".rep.googleapis.com";

	private Regions() {
	}

	/** Whether a name is that of a region of its own, which may have higher rates. */
	static boolean isOwn(@Nullable String name) {
		return name != null && switch (name.strip().toLowerCase(Locale.ROOT)) {
			case "", "global", "not_available" -> false;
			default -> true;
		};
	}

	/**
	 * Whether an address is in a region of its own: one of OpenAI's regional hosts, or an
	 * endpoint of Vertex AI that names a place. Bedrock's are not told here, since the
	 * names of its models tell.
	 */
	static boolean isOwnAddress(@Nullable String baseUrl) {
		String host = (baseUrl != null) ? Hosts.name(baseUrl) : null;
		return host != null && isOwn(place(host));
	}

	private static @Nullable String place(String host) {
		if (host.endsWith(OPENAI)) {
			return host.substring(0, host.length() - OPENAI.length());
		}
		if (host.endsWith(VERTEX)) {
			return host.substring(0, host.length() - VERTEX.length());
		}
		boolean multiple = host.startsWith(VERTEX_PLACE) && host.endsWith(VERTEX_PLACES);
		return multiple ? host.substring(VERTEX_PLACE.length(), host.length() - VERTEX_PLACES.length()) : null;
	}

}
