package io.github.costwise.advisor;

import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.content.Media;

import io.github.costwise.text.TextPattern;

/**
 * Media in a form that a provider's client takes. All take bytes; of texts, one takes
 * data URLs and another bare base64.
 */
final class TargetMedia {

	private static final TextPattern ADDRESS = TextPattern.ofAnyCase("\\A[a-z][a-z0-9+.-]*+:");

	private static final String BASE64 = ";base64,";

	private TargetMedia() {
	}

	/** Returns the media, the same list when nothing changes. */
	static List<Media> of(Collection<Media> media, MessageDialect dialect) {
		if (media instanceof List<Media> none && none.isEmpty()) {
			return none;
		}
		List<Media> result = new ArrayList<>();
		boolean changed = false;
		for (Media medium : media) {
			byte[] data = (medium.getData() instanceof String text) ? bytes(text, dialect) : null;
			changed |= (data != null);
			result.add((data != null) ? withData(medium, data) : medium);
		}
		return (!changed && media instanceof List<Media> same) ? same : result;
	}

	private static byte @Nullable [] bytes(String text, MessageDialect dialect) {
		int start = text.indexOf(BASE64);
		if (text.regionMatches(true, 0, "data:", 0, 5) && start > 0) {
			return dialect.takesDataUrls() ? null : decode(text.substring(start + BASE64.length()));
		}
		boolean address = ADDRESS.isIn(text);
		return (address || dialect.takesBase64()) ? null : decode(text);
	}

	private static byte @Nullable [] decode(String text) {
		try {
			return Base64.getDecoder().decode(text);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private static Media withData(Media medium, byte[] data) {
		Media.Builder builder = Media.builder().mimeType(medium.getMimeType()).data(data).name(medium.getName());
		return (medium.getId() != null) ? builder.id(medium.getId()).build() : builder.build();
	}

}
