package io.github.costwise.embedding;

import org.jspecify.annotations.Nullable;

/** Says what to do about an encoder that did not start. */
final class StartFailure {

	private StartFailure() {
	}

	static String message(@Nullable Throwable cause, Platform platform) {
		String failed = "The text encoder did not start: " + cause + ". ";
		if (cause instanceof IncompatibleClassChangeError) {
			return failed
					+ "Another version of com.microsoft.onnxruntime:onnxruntime is on the class path than the one "
					+ "that costwise-embedding names. Leave its version to costwise-embedding.";
		}
		return failed + (isNative(cause) ? "Its native libraries cannot be loaded on " + platform
				+ "; they need glibc (Alpine Linux has none), and a temporary folder that can be written and executed "
				+ "from. Change the image, or name an EmbeddingModel bean by costwise.embedding.model-bean."
				: "Check costwise.embedding.model, costwise.embedding.tokenizer and "
						+ "costwise.embedding.native-folder, then start the application again.");
	}

	private static boolean isNative(@Nullable Throwable cause) {
		for (Throwable at = cause; at != null; at = at.getCause()) {
			if (at instanceof LinkageError) {
				return true;
			}
		}
		return false;
	}

}
