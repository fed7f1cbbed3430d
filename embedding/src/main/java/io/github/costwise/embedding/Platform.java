package io.github.costwise.embedding;

import java.util.List;
import java.util.Locale;

/**
 * Operating system and processor, as the native libraries name them.
 *
 * @param os linux, osx, win or what Java says
 * @param arch x86_64, aarch64 or what Java says
 */
record Platform(String os, String arch) {

	static Platform current() {
		return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
	}

	static Platform of(String osName, String osArch) {
		String name = osName.toLowerCase(Locale.ROOT);
		String processor = osArch.toLowerCase(Locale.ROOT);
		return new Platform(os(name), List.of("amd64", "x86_64").contains(processor) ? "x86_64" : processor);
	}

	private static String os(String name) {
		if (name.contains("mac") || name.contains("darwin")) {
			return "osx";
		}
		if (name.contains("win")) {
			return "win";
		}
		return name.contains("nux") ? "linux" : name;
	}

	/** Folder on the class path, with a slash at the end. */
	String onnxRuntimeFolder() {
		return "ai/onnxruntime/native/" + this.os + "-" + (this.arch.equals("x86_64") ? "x64" : this.arch) + "/";
	}

	/** Folder on the class path, with a slash at the end. */
	String tokenizersFolder() {
		return "native/lib/" + this.os + "-" + this.arch + "/cpu/";
	}

	String library(String name) {
		return switch (this.os) {
			case "win" -> name + ".dll";
			case "osx" -> "lib" + name + ".dylib";
			default -> "lib" + name + ".so";
		};
	}

	@Override
	public String toString() {
		return this.os + " on " + this.arch;
	}

}
